import { type Column, Empty, Figure, Listing } from "../design/index.ts";
import { Transaction } from "../records/LifeLine.tsx";
import { type Sentence, time, useFormat, useWords } from "../words/index.ts";
import { type Entry, entriesOf } from "./entriesOf.ts";
import type { MoneyAnswer } from "./moneyQuery.ts";

/** What came and went, latest first: issued and redeemed by the bank, paid and received, margin, moves to another bank. */
export function Entries({ answer, of }: { answer: MoneyAnswer; of: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const entries = entriesOf(answer, of);
  const money = ({ amountFen }: Entry) => yuan(amountFen);
  const columns: Column<Entry>[] = [
    { title: { en: "When", zh: "时间" }, cell: ({ at }) => time(at) },
    { title: { en: "What", zh: "事项" }, cell: ({ what }) => say(what) },
    {
      title: { en: `Amount, ${yuan(0n).unit}`, zh: `金额（${yuan(0n).unit}）` },
      kind: "num",
      cell: (row) => money(row).number,
    },
    { title: { en: "Transaction", zh: "链上交易" }, cell: ({ tx }) => <Transaction hash={tx} /> },
  ];
  const label: Sentence = { en: "Entries", zh: "收支明细" };
  return (
    <section className="card stack">
      <h2>{say(label)}</h2>
      <p className="soft">
        {say({
          en: "Payments, also those out of holds, change the balance; locking margin and taking it back move money within it.",
          zh: "支付（含由冻结款项支付）改变余额；缴存与取回交易保证金仅在余额内划转。",
        })}
      </p>
      {entries.length === 0 ? (
        <Empty>{say({ en: "Nothing came or went yet.", zh: "暂无收支。" })}</Empty>
      ) : (
        <Listing
          label={label}
          columns={columns}
          rows={entries}
          keyOf={({ key }) => key}
          lines={(row) => ({
            first: [say(row.what), <Figure key="money" amount={money(row)} />],
            second: [time(row.at), <Transaction key="tx" hash={row.tx} />],
          })}
        />
      )}
    </section>
  );
}
