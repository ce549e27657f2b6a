import { useState } from "react";
import { bankReference } from "../../../sdk/money/bankReference.ts";
import { parseYuan } from "../../../sdk/types/units.ts";
import { type Column, Field, Figure, reading, Table } from "../../design/index.ts";
import { Who } from "../../records/Who.tsx";
import { Send } from "../../wallets/index.ts";
import { type Sentence, time, useFormat, useWords, written } from "../../words/index.ts";
import type { BankBooks } from "./queries.ts";
import { referenceText } from "./references.ts";

type BankRow = BankBooks["settlementBanks"]["items"][number];
type Settled = BankBooks["bankSettlements"]["items"][number];

/** What banks owe each other, and the confirmation of what was paid at the central bank. */
export function BetweenBanks({ books, me }: { books: BankBooks; me: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [from, setFrom] = useState("");
  const [amountText, setAmount] = useState("");
  const [referenceInput, setReference] = useState("");
  const amount = reading(amountText, parseYuan);
  const reference = reading(referenceInput, (text) => bankReference(text.trim()));
  const others = books.settlementBanks.items.filter(({ participantId }) => participantId !== me);
  const bankColumns: Column<BankRow>[] = [
    { title: { en: "Bank", zh: "银行" }, cell: ({ participantId }) => <Who id={participantId} /> },
    {
      title: { en: "Position", zh: "头寸" },
      kind: "num",
      cell: ({ positionFen }) => <Figure amount={yuan(BigInt(positionFen))} />,
    },
    {
      title: { en: "Deposits", zh: "客户存款" },
      kind: "num",
      cell: ({ depositsFen }) => <Figure amount={yuan(BigInt(depositsFen))} />,
    },
    {
      title: { en: "Still to receive (−: to pay)", zh: "应收（负数为应付）" },
      kind: "num",
      cell: ({ positionFen, depositsFen }) => <Figure amount={yuan(BigInt(depositsFen) - BigInt(positionFen))} />,
    },
    { title: { en: "State", zh: "状态" }, cell: ({ capFen }) => say(capFen === "0" ? CLOSED : OPEN) },
  ];
  const settledColumns: Column<Settled>[] = [
    { title: { en: "When", zh: "时间" }, cell: ({ settledAt }) => time(BigInt(settledAt)) },
    { title: { en: "From", zh: "付款行" }, cell: ({ fromBankId }) => <Who id={fromBankId} /> },
    { title: { en: "To", zh: "收款行" }, cell: ({ toBankId }) => <Who id={toBankId} /> },
    {
      title: { en: "Amount", zh: "金额" },
      kind: "num",
      cell: ({ amountFen }) => <Figure amount={yuan(BigInt(amountFen))} />,
    },
    {
      title: { en: "Reference", zh: "附言编号" },
      kind: "text",
      cell: (row) => <span className="mono">{referenceText(row.bankReference)}</span>,
    },
  ];
  return (
    <>
      <Table
        label={{ en: "Banks", zh: "银行" }}
        columns={bankColumns}
        rows={books.settlementBanks.items}
        keyOf={({ participantId }) => participantId}
      />
      <h3>{say({ en: "Confirm what another bank paid you at the central bank", zh: "确认他行已在央行付款" })}</h3>
      <div className="columns">
        <Field label={{ en: "From bank", zh: "付款行" }}>
          <select value={from} onChange={({ target }) => setFrom(target.value)}>
            <option value="">{say({ en: "Choose …", zh: "请选择……" })}</option>
            {others.map(({ participantId }) => (
              <option key={participantId} value={participantId}>
                {say({ en: `Bank ${participantId}`, zh: `银行 ${participantId}` })}
              </option>
            ))}
          </select>
        </Field>
        <Field label={{ en: "Amount, CNY", zh: "金额（元）" }} wrong={amount.wrong}>
          <input inputMode="decimal" value={amountText} onChange={({ target }) => setAmount(target.value)} />
        </Field>
        <Field label={{ en: "Reference", zh: "附言编号" }} wrong={reference.wrong}>
          <input value={referenceInput} onChange={({ target }) => setReference(target.value)} />
        </Field>
      </div>
      <p>
        <Send
          title={{ en: "Confirm the receipt", zh: "确认收款" }}
          isDisabled={from === "" || !amount.value || reference.value === undefined}
          call={async (platform) => {
            const { settleBetween } = await import("./calls.ts");
            return settleBetween(platform, Number(from), amount.value!, reference.value!);
          }}
        >
          {amount.value !== undefined && (
            <p>
              {say({
                en: `Your bank confirms ${written(yuan(amount.value))} from bank ${from} under ${referenceInput.trim()}: your position rises, theirs falls; no deposit changes.`,
                zh: `本行确认收到银行 ${from} 的 ${written(yuan(amount.value))}，附言编号 ${referenceInput.trim()}：本行头寸增加、对方头寸减少，客户存款不变。`,
              })}
            </p>
          )}
        </Send>
      </p>
      {books.bankSettlements.items.length > 0 && (
        <Table
          label={{ en: "Settled between banks", zh: "已轧差" }}
          columns={settledColumns}
          rows={books.bankSettlements.items}
          keyOf={({ id }) => id}
        />
      )}
    </>
  );
}

const OPEN: Sentence = { en: "open", zh: "正常" };
const CLOSED: Sentence = { en: "closed", zh: "已关闭" };
