import { Link } from "@tanstack/react-router";
import type { DebtState } from "../../sdk/debts/debt.ts";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import { Amounts, Asked, type Column, Empty, Figure, Listing } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { useComparison } from "../records/useComparison.ts";
import { Who } from "../records/Who.tsx";
import { debtCodeWords, debtStatusWords } from "../records/words.ts";
import { Mine } from "../wallets/index.ts";
import { type Sentence, time, unbroken, useFormat, useWords } from "../words/index.ts";
import { byDueDay } from "./byDueDay.ts";
import type { DebtsOnChain } from "./debtCheck.ts";
import { DEBTS, type DebtRow, type DebtsAnswer } from "./debtsQuery.ts";
import { PayDebt } from "./PayDebt.tsx";

const TITLE: Sentence = { en: "Owed and owing", zh: "应付与应收" };

/** What the connected participant owes and is owed, by due day, and paying it. */
export function DebtsScreen() {
  return <Mine title={TITLE}>{(participant) => <Debts participant={participant} />}</Mine>;
}

function Debts({ participant }: { participant: number }) {
  const say = useWords();
  const query = useIndexed(DEBTS, { id: participant });
  return (
    <>
      <h1>{say(TITLE)}</h1>
      <Asked query={query}>{(answer) => <Known answer={answer} participant={participant} />}</Asked>
    </>
  );
}

function Known({ answer: data, participant }: { answer: DebtsAnswer; participant: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const indexBlock = blockOf(data);
  const open = data.open.items;
  const onChain = useComparison(
    ["debts", participant, open],
    async (platform) => (await import("./debtCheck.ts")).checkDebts(platform, open),
    { indexBlock },
  );
  const sum = (side: "debtor" | "creditor", value: (state: DebtState) => bigint) =>
    onChain.data === undefined
      ? undefined
      : yuan(
          [...onChain.data.debts.values()]
            .filter((state) => state[side] === participant)
            .reduce((total, state) => total + value(state), 0n),
        );
  return (
    <>
      <CheckedMark check={onChain} indexBlock={indexBlock} />
      <Amounts
        label={{ en: "Sums", zh: "合计" }}
        figures={[
          [{ en: "You owe", zh: "应付" }, sum("debtor", ({ unpaidFen }) => unpaidFen)],
          [{ en: "late fee on what you owe", zh: "应付逾期费" }, sum("debtor", ({ lateFeeFen }) => lateFeeFen)],
          [{ en: "You are owed", zh: "应收" }, sum("creditor", ({ unpaidFen }) => unpaidFen)],
          [{ en: "late fee on what you are owed", zh: "应收逾期费" }, sum("creditor", ({ lateFeeFen }) => lateFeeFen)],
        ]}
      />
      {data.open.items.length === 0 ? (
        <section className="card">
          <Empty>
            {say({
              en: "Nothing is owed either way: what settlements leave to be paid appears here by its due day.",
              zh: "没有未清偿的债务：结算后待支付的款项将按到期日显示于此。",
            })}
          </Empty>
        </section>
      ) : (
        <Calendar debts={data.open.items} of={participant} onChain={onChain.data} />
      )}
      {data.ended.items.length > 0 && <Ended debts={data.ended.items} of={participant} />}
    </>
  );
}

interface CalendarProps {
  debts: readonly DebtRow[];
  of: number;
  onChain: DebtsOnChain | undefined;
}

function Calendar({ debts, of, onChain }: CalendarProps) {
  const say = useWords();
  const now = useChainNow();
  const { longDate } = useFormat();
  const today = now === undefined ? "" : formatDay(dayOf(now));
  return (
    <ol className="stack">
      {byDueDay(debts).map(({ date, debts: ofDay }) => (
        <li key={date} className="card stack">
          <h2>
            {longDate(date)} {date < today && <span className="tag">{say({ en: "past due", zh: "已逾期" })}</span>}
            {date === today && <span className="tag">{say({ en: "due today", zh: "今日到期" })}</span>}
          </h2>
          <ul className="stack">
            {ofDay.map((debt) => (
              <li key={debt.id}>
                <Owed debt={debt} of={of} state={onChain?.debts.get(debt.id)} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Owed({ debt, of, state }: { debt: DebtRow; of: number; state: DebtState | undefined }) {
  const say = useWords();
  const { yuan } = useFormat();
  const isMine = debt.debtorId === of;
  return (
    <div className="row between">
      <div>
        <p>
          {isMine ? (
            <>
              {say({ en: "You owe ", zh: "应付 " })}
              <Who id={debt.creditorId} />
            </>
          ) : (
            <>
              <Who id={debt.debtorId} />
              {say({ en: " owes you", zh: " 应付您" })}
            </>
          )}{" "}
          {state === undefined ? "—" : <Figure amount={yuan(state.unpaidFen)} />}
          {state !== undefined && state.lateFeeFen > 0n && (
            <>
              {say({ en: ", and a late fee of ", zh: "，另有逾期费 " })}
              <Figure amount={yuan(state.lateFeeFen)} />
            </>
          )}
        </p>
        <small>
          {say(debtCodeWords(debt.code))}, {say(debtStatusWords(debt.status))},{" "}
          {say({ en: `debt ${debt.id}`, zh: `债务 ${debt.id}` })}
          {debt.tradeId !== null && (
            <>
              {", "}
              <Link to="/trades/$id" params={{ id: debt.tradeId }}>
                {say({ en: `trade ${debt.tradeId}`, zh: `交易 ${debt.tradeId}` })}
              </Link>
            </>
          )}
          {debt.receivableId !== null &&
            say({ en: `, receivable ${debt.receivableId}`, zh: `，应收账款 ${debt.receivableId}` })}
          {state !== undefined && debt.status === "outstanding" && (
            <>
              {say({ en: "; default can be declared from ", zh: "；可宣告违约时间：" })}
              <span className="unbroken">{time(state.defaultsAt)}</span>
            </>
          )}
        </small>
      </div>
      {isMine && state !== undefined && <PayDebt state={state} />}
    </div>
  );
}

function Ended({ debts, of }: { debts: readonly DebtRow[]; of: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const part = (debt: DebtRow): Sentence =>
    debt.debtorId === of
      ? { en: `owed to ${debt.creditorId}`, zh: `应付 ${debt.creditorId}` }
      : { en: `owed by ${debt.debtorId}`, zh: `${debt.debtorId} 应付` };
  const unit = yuan(0n).unit;
  const columns: Column<DebtRow>[] = [
    { title: { en: "Debt", zh: "债务" }, cell: ({ id }) => id },
    { title: { en: "For", zh: "事由" }, cell: ({ code }) => say(debtCodeWords(code)) },
    { title: { en: "Part", zh: "方向" }, cell: (debt) => say(part(debt)) },
    { title: { en: "Due", zh: "到期日" }, cell: ({ dueDate }) => unbroken(dueDate) },
    {
      title: { en: `Amount, ${unit}`, zh: `金额（${unit}）` },
      kind: "num",
      cell: (debt) => yuan(BigInt(debt.amountFen)).number,
    },
    {
      title: { en: `Late fee, ${unit}`, zh: `逾期费（${unit}）` },
      kind: "num",
      cell: (debt) => yuan(BigInt(debt.lateFeePaidFen)).number,
    },
    {
      title: { en: "Discharged", zh: "清偿时间" },
      cell: ({ dischargedAt }) => (dischargedAt === null ? "—" : time(BigInt(dischargedAt))),
    },
  ];
  return (
    <details className="card">
      <summary>{say({ en: `Discharged: ${debts.length}`, zh: `已清偿：${debts.length} 笔` })}</summary>
      <Listing
        label={{ en: "Discharged debts", zh: "已清偿的债务" }}
        columns={columns}
        rows={debts}
        keyOf={({ id }) => id}
        lines={(debt) => ({
          first: [say(debtCodeWords(debt.code)), <Figure key="amount" amount={yuan(BigInt(debt.amountFen))} />],
          second: [unbroken(debt.dueDate), say(part(debt))],
        })}
      />
    </details>
  );
}
