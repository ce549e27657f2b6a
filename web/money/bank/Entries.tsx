import { useState } from "react";
import { bankReference } from "../../../sdk/money/bankReference.ts";
import { parseYuan } from "../../../sdk/types/units.ts";
import { type Column, Empty, Field, Figure, reading, Table } from "../../design/index.ts";
import { useMe } from "../../identity/index.ts";
import { Who } from "../../records/Who.tsx";
import { Send } from "../../wallets/index.ts";
import { time, useFormat, useWords, written } from "../../words/index.ts";
import type { BankBooks, Entry } from "./queries.ts";
import { referenceText } from "./references.ts";

/** What the bank issued, and what its customers redeemed and it pays out under their references. */
export function Entries({ books }: { books: BankBooks }) {
  const say = useWords();
  const { yuan } = useFormat();
  const columns: Column<Entry>[] = [
    { title: { en: "When", zh: "时间" }, cell: ({ bookedAt }) => time(BigInt(bookedAt)) },
    {
      title: { en: "What", zh: "类型" },
      cell: ({ kind }) =>
        say(
          kind === "issued"
            ? { en: "issued against money received", zh: "收款发放" }
            : { en: "redeemed: pay it out", zh: "赎回：请付款" },
        ),
    },
    { title: { en: "Customer", zh: "客户" }, cell: ({ participantId }) => <Who id={participantId} /> },
    {
      title: { en: "Amount", zh: "金额" },
      kind: "num",
      cell: ({ amountFen }) => <Figure amount={yuan(BigInt(amountFen))} />,
    },
    {
      title: { en: "Reference", zh: "附言编号" },
      kind: "text",
      cell: (entry) => <span className="mono">{referenceText(entry.bankReference)}</span>,
    },
  ];
  return (
    <>
      {books.entries.items.length === 0 ? (
        <Empty>{say({ en: "Nothing was issued or redeemed yet.", zh: "尚无发放或赎回。" })}</Empty>
      ) : (
        <Table
          label={{ en: "Entries", zh: "分录" }}
          columns={columns}
          rows={books.entries.items}
          keyOf={({ id }) => id}
        />
      )}
      <Redeem books={books} />
    </>
  );
}

/** The bank's own deposits, if it keeps an account of its own. */
function Redeem({ books }: { books: BankBooks }) {
  const say = useWords();
  const { yuan } = useFormat();
  const me = useMe();
  const [amountText, setAmount] = useState("");
  const [reference, setReference] = useState("");
  const own = books.depositAccounts.items.find(({ participantId }) => participantId === me?.participant);
  const free = BigInt(own?.balanceFen ?? 0) - BigInt(own?.heldFen ?? 0);
  if (free <= 0n) return null;
  const amount = reading(amountText, parseYuan);
  const named = reading(reference, (text) => bankReference(text.trim()));
  return (
    <details>
      <summary>{say({ en: "Redeem deposits of your own", zh: "赎回本行自有存款" })}</summary>
      <div className="columns">
        <Field
          label={{ en: "Amount, CNY", zh: "金额（元）" }}
          wrong={amount.wrong}
          hint={{ en: `Free: ${written(yuan(free))}.`, zh: `可用 ${written(yuan(free))}。` }}
        >
          <input inputMode="decimal" value={amountText} onChange={({ target }) => setAmount(target.value)} />
        </Field>
        <Field label={{ en: "Reference", zh: "附言编号" }} wrong={named.wrong}>
          <input value={reference} onChange={({ target }) => setReference(target.value)} />
        </Field>
      </div>
      <Send
        title={{ en: "Redeem", zh: "赎回" }}
        isDisabled={!amount.value || named.value === undefined}
        call={async (platform) => (await import("./calls.ts")).redeemDeposits(platform, amount.value!, named.value!)}
      >
        {amount.value !== undefined && (
          <p>
            {say({
              en: `${written(yuan(amount.value))} leave your account on chain and are paid out by its bank under ${reference.trim()}.`,
              zh: `${written(yuan(amount.value))} 将从链上账户赎回，由开户银行按附言编号 ${reference.trim()} 付款。`,
            })}
          </p>
        )}
      </Send>
    </details>
  );
}
