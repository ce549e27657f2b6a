import { useState } from "react";
import type { Hex } from "viem";
import { DEBT_STATUS_WORDS } from "../../sdk/debts/words.ts";
import { type Column, Dialog, Figure, Table } from "../design/index.ts";
import { useIndexed } from "../indexed/index.ts";
import { FileHash } from "../records/FileHash.tsx";
import { Who } from "../records/Who.tsx";
import { Send } from "../wallets/index.ts";
import { unbroken, useFormat, useWords, written } from "../words/index.ts";
import { OPEN_DEBTS, type OpenDebt } from "./queries.ts";

/** What is owed to a participant and is undivided: it can become a receivable, which can be passed on and financed. */
export function OpenDebts({ me }: { me: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const { data } = useIndexed(OPEN_DEBTS, { me });
  const [chosen, choose] = useState<OpenDebt>();
  const debts = data?.debts.items ?? [];
  if (debts.length === 0) return null;
  const columns: Column<OpenDebt>[] = [
    { title: { en: "Debt", zh: "债务" }, cell: ({ id }) => id },
    { title: { en: "Debtor", zh: "债务人" }, cell: ({ debtorId }) => <Who id={debtorId} /> },
    { title: { en: "Unpaid", zh: "未付" }, kind: "num", cell: (debt) => <Figure amount={yuan(unpaidOf(debt))} /> },
    { title: { en: "Due", zh: "到期日" }, cell: ({ dueDate }) => unbroken(dueDate) },
    { title: { en: "State", zh: "状态" }, cell: ({ status }) => say(statusWords(status)) },
    {
      title: { en: "Next", zh: "操作" },
      cell: (debt) => (
        <button type="button" className="button s" onClick={() => choose(debt)}>
          {say({ en: "Make it a receivable", zh: "设立应收账款" })}
        </button>
      ),
    },
  ];
  return (
    <section className="card stack">
      <h2>{say({ en: "Owed to you, and no receivable yet", zh: "应付给我方、尚未设立应收账款的欠款" })}</h2>
      <p className="soft">
        {say({
          en: "As a receivable a debt can be passed on, pledged and financed in parts. The invoice's hash, where there is one, keeps the same invoice from backing two claims.",
          zh: "设立为应收账款后，可拆分转让、质押与融资。附上发票哈希可避免同一张发票对应两笔债权。",
        })}
      </p>
      <Table label={{ en: "Debts", zh: "欠款" }} columns={columns} rows={debts} keyOf={({ id }) => id} />
      {chosen !== undefined && <Divide debt={chosen} close={() => choose(undefined)} />}
    </section>
  );
}

function Divide({ debt, close }: { debt: OpenDebt; close: () => void }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [invoice, setInvoice] = useState<Hex>();
  const amount = written(yuan(unpaidOf(debt)));
  return (
    <Dialog title={{ en: `Debt ${debt.id}`, zh: `债务 ${debt.id}` }} close={close}>
      <FileHash
        label={{ en: "VAT invoice (optional)", zh: "增值税发票（可选）" }}
        hint={{ en: "The file stays on this device; its hash goes on chain.", zh: "文件留在本设备，仅其哈希上链。" }}
        choose={setInvoice}
      />
      <Send
        title={{ en: "Make it a receivable", zh: "设立应收账款" }}
        isPrimary
        call={async (platform) =>
          (await import("./calls.ts")).issueFromDebt(platform, BigInt(debt.id), invoice ?? NO_INVOICE)
        }
      >
        <p>
          {say({
            en: `What is unpaid of debt ${debt.id}, ${amount}, becomes a receivable that you hold. The debtor pays it to whom it belongs on the due day, ${unbroken(debt.dueDate)}.`,
            zh: `债务 ${debt.id} 的未付部分 ${amount} 将成为您持有的应收账款；债务人于到期日 ${unbroken(debt.dueDate)} 向届时的持有人付款。`,
          })}
        </p>
      </Send>
    </Dialog>
  );
}

/** Says on chain that no invoice was given. */
const NO_INVOICE: Hex = `0x${"0".repeat(64)}`;

const unpaidOf = ({ amountFen, paidFen, reducedFen }: OpenDebt) =>
  BigInt(amountFen) - BigInt(paidFen) - BigInt(reducedFen);

const statusWords = (status: string) =>
  DEBT_STATUS_WORDS[(status[0]!.toUpperCase() + status.slice(1)) as keyof typeof DEBT_STATUS_WORDS];
