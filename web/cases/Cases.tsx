import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { dayOf } from "../../sdk/types/time.ts";
import { lifeOfDebt } from "../debts/lifeOfDebt.ts";
import { Asked, Field, Figure, fromIndex, Loading, Mark, StageLine, Titled } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { Transaction } from "../records/LifeLine.tsx";
import { Who } from "../records/Who.tsx";
import { DAY_STATE_WORDS, debtCodeWords, debtStatusWords } from "../records/words.ts";
import { type Sentence, time, unbroken, useFormat, useWords } from "../words/index.ts";
import { CASES, type CasesAnswer, type FrozenRow, type LateRow, type ObjectionRow } from "./casesQuery.ts";
import { isOpenObjection } from "./isOpenObjection.ts";

/** An hour: what is asked for stays the same question for so long. */
const SPELL = 3_600;

/** What arbiters, compliance officers and auditors look into, each with the way to its record. */
export function Cases() {
  const now = useChainNow();
  return (
    <Titled title={{ en: "Cases", zh: "争议与违约" }}>
      <Prove />
      {now === undefined ? <Loading /> : <Listed now={now} asked={now - (now % SPELL)} />}
    </Titled>
  );
}

/** The way to the evidence of any trade. */
function Prove() {
  const say = useWords();
  const go = useNavigate();
  const [trade, setTrade] = useState("");
  const isNumber = /^[1-9]\d{0,17}$/.test(trade.trim());
  return (
    <section className="card stack no-print">
      <h2>{say({ en: "Evidence of any trade", zh: "任意交易的举证" })}</h2>
      <p className="soft">
        {say({
          en: "Recomputed in this browser from the node alone, with a bundle to keep.",
          zh: "由本浏览器仅依据节点重算，可下载证据包留存。",
        })}
      </p>
      <form
        className="row"
        style={{ alignItems: "end" }}
        onSubmit={(event) => {
          event.preventDefault();
          if (isNumber) void go({ to: "/trades/$id/evidence", params: { id: trade.trim() } });
        }}
      >
        <Field label={{ en: "Number of the trade", zh: "交易编号" }}>
          <input inputMode="numeric" value={trade} onChange={({ target }) => setTrade(target.value)} />
        </Field>
        <button type="submit" className="button" disabled={!isNumber}>
          {say({ en: "Open it", zh: "打开" })}
        </button>
      </form>
    </section>
  );
}

function Listed({ now, asked }: { now: number; asked: number }) {
  const query = useIndexed(CASES, { now: String(asked), today: dayOf(asked) });
  return <Asked query={query}>{(answer) => <Known answer={answer} now={now} />}</Asked>;
}

function Known({ answer, now }: { answer: CasesAnswer; now: number }) {
  const say = useWords();
  const kinds = [
    kindOf({
      title: { en: "Frozen trades", zh: "冻结的交易" },
      none: { en: "No trade is frozen.", zh: "没有冻结的交易。" },
      rows: answer.frozen.items.filter(({ frozenUntil }) => Number(frozenUntil) > now),
      keyOf: ({ id }) => id,
      row: (trade) => <Frozen trade={trade} />,
    }),
    kindOf({
      title: { en: "Readings objected to", zh: "有异议的读数" },
      none: { en: "No reading in force is objected to.", zh: "现行读数均无异议。" },
      rows: answer.objections.items.filter(isOpenObjection),
      keyOf: ({ participantId, version, meterDay }) =>
        `${meterDay?.meterId} ${meterDay?.date} ${version} ${participantId}`,
      row: (objection) => <Objected objection={objection} />,
    }),
    kindOf({
      title: { en: "Debts late, in default and in arrears", zh: "逾期、违约与长期拖欠的债务" },
      none: { en: "Every debt is paid, or not due yet.", zh: "所有债务均已清偿或尚未到期。" },
      rows: answer.late.items,
      keyOf: ({ id }) => id,
      row: (debt) => <Late debt={debt} now={now} />,
    }),
    kindOf({
      title: { en: "Suspended participants", zh: "被暂停的参与方" },
      none: { en: "Nobody is suspended.", zh: "没有被暂停的参与方。" },
      rows: answer.suspended.items,
      keyOf: ({ id }) => id,
      row: ({ id, suspensionReason }) => (
        <p>
          <Who id={id} /> <Reason hash={suspensionReason} />
        </p>
      ),
    }),
    kindOf({
      title: { en: "Frozen deposits", zh: "被冻结的存款" },
      none: { en: "No deposits are frozen on a court's order.", zh: "没有依法院文书冻结的存款。" },
      rows: answer.accounts.items,
      keyOf: ({ participantId }) => participantId,
      row: ({ participantId, bankId, frozenReason }) => (
        <p>
          <Who id={participantId} />
          <At bank={bankId} /> <Reason hash={frozenReason} />
        </p>
      ),
    }),
    kindOf({
      title: { en: "Ruled on", zh: "已裁决" },
      none: { en: "No trade was ruled on yet.", zh: "尚无裁决的交易。" },
      rows: answer.ruled.items,
      keyOf: ({ id }) => id,
      row: ({ id, sellerId, buyerId, date, ruledAt, ruledTx }) => (
        <p>
          <TradeCaseLink id={id} /> <Parties sellerId={sellerId} buyerId={buyerId} date={date} />
          {ruledAt !== null && <span className="unbroken"> {time(BigInt(ruledAt))}</span>}{" "}
          {ruledTx !== null && <Transaction hash={ruledTx} />}
        </p>
      ),
    }),
  ];
  const none = kinds.filter(({ rows }) => rows.length === 0);
  return (
    <>
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(answer))} />
      </p>
      {kinds
        .filter(({ rows }) => rows.length > 0)
        .map(({ title, rows }) => (
          <section key={title.en} className="card stack">
            <h2>
              {say(title)} <span className="tag">{rows.length}</span>
            </h2>
            <ul className="stack">{rows}</ul>
          </section>
        ))}
      {none.length > 0 && (
        <section className="card stack">
          <h2>{say({ en: "Nothing to look into", zh: "无待查事项" })}</h2>
          <ul className="stack soft">
            {none.map(({ title, none: words }) => (
              <li key={title.en}>{say(words)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface KindOf<Row> {
  title: Sentence;
  /** Where there is none. */
  none: Sentence;
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  row: (row: Row) => ReactNode;
}

/** The cases of one kind, each as an item of a list. */
const kindOf = <Row,>({ title, none, rows, keyOf, row }: KindOf<Row>) => ({
  ...{ title, none },
  rows: rows.map((one) => <li key={keyOf(one)}>{row(one)}</li>),
});

function Frozen({ trade }: { trade: FrozenRow }) {
  const say = useWords();
  const { id, sellerId, buyerId, sellerMeterId, date, frozenUntil } = trade;
  return (
    <p>
      <TradeCaseLink id={id} /> <Parties sellerId={sellerId} buyerId={buyerId} date={date} />{" "}
      <DayLink meter={sellerMeterId} date={date} />
      {say({ en: ", frozen until ", zh: "，冻结至 " })}
      <span className="unbroken">{time(BigInt(frozenUntil ?? 0))}</span>
    </p>
  );
}

function Objected({ objection }: { objection: ObjectionRow }) {
  const say = useWords();
  const { participantId, version, reasonHash, objectedAt, meterDay } = objection;
  if (meterDay === null) return null;
  return (
    <p>
      <DayLink meter={meterDay.meterId} date={meterDay.date} />{" "}
      <span className="tag">{say(DAY_STATE_WORDS[meterDay.state] ?? { en: meterDay.state, zh: meterDay.state })}</span>
      {say({ en: ` version ${version}, objected to by `, zh: ` 第 ${version} 版，异议方 ` })}
      <Who id={participantId} /> <span className="unbroken">{time(BigInt(objectedAt))}</span>{" "}
      <Reason hash={reasonHash} />
    </p>
  );
}

function Late({ debt, now }: { debt: LateRow; now: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const unpaid = BigInt(debt.amountFen) - BigInt(debt.paidFen) - BigInt(debt.reducedFen);
  return (
    <div className="stack">
      <p>
        <Link to="/debts/$id" params={{ id: debt.id }}>
          {say({ en: `Debt ${debt.id}`, zh: `债务 ${debt.id}` })}
        </Link>{" "}
        <span className="tag">{say(debtStatusWords(debt.status))}</span> <Who id={debt.debtorId} />
        {say({ en: " owes ", zh: " 应付 " })}
        <Who id={debt.creditorId} /> <Figure amount={yuan(unpaid)} />
        {say({ en: `, ${debtCodeWords(debt.code).en}`, zh: `，${debtCodeWords(debt.code).zh}` })}
        {debt.tradeId !== null && (
          <>
            {say({ en: ", ", zh: "，" })}
            <TradeCaseLink id={debt.tradeId} />
          </>
        )}
      </p>
      <StageLine steps={lifeOfDebt(debt, undefined, now)} />
      {(debt.writeOffEvidenceHash ?? debt.recoveryEvidenceHash) !== null && (
        <p>
          <Reason hash={debt.writeOffEvidenceHash ?? debt.recoveryEvidenceHash} />
        </p>
      )}
    </div>
  );
}

function TradeCaseLink({ id }: { id: string }) {
  const say = useWords();
  return (
    <Link to="/trades/$id/evidence" params={{ id }} className="unbroken">
      {say({ en: `trade ${id}`, zh: `交易 ${id}` })}
    </Link>
  );
}

function DayLink({ meter, date }: { meter: string; date: string }) {
  const say = useWords();
  return (
    <Link to="/meters/$id/$date" params={{ id: meter, date }}>
      {say({ en: `meter ${meter} on ${unbroken(date)}`, zh: `计量点 ${meter}，${unbroken(date)}` })}
    </Link>
  );
}

function Parties({ sellerId, buyerId, date }: { sellerId: number; buyerId: number; date: string }) {
  const say = useWords();
  return (
    <>
      <Who id={sellerId} />
      {say({ en: " to ", zh: " 售予 " })}
      <Who id={buyerId} />
      {say({ en: ", delivery day ", zh: "，交割日 " })}
      <span className="unbroken">{unbroken(date)}</span>
    </>
  );
}

function At({ bank }: { bank: number | null }) {
  const say = useWords();
  if (bank === null) return null;
  return (
    <>
      {say({ en: ", kept by ", zh: "，开户行 " })}
      <Who id={bank} />
    </>
  );
}

/** A reason as the chain keeps it. */
function Reason({ hash }: { hash: string | null }) {
  const say = useWords();
  if (hash === null) return null;
  return (
    <small>
      {say({ en: "reason ", zh: "理由 " })}
      <code>{hash}</code>
    </small>
  );
}
