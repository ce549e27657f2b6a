import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { CLAIM_STAGES } from "../../sdk/finance/claimStage.ts";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import { type Column, Empty, type Fact, Facts, Figure, StageLine, Table } from "../design/index.ts";
import { useMe } from "../identity/index.ts";
import { CheckedMark } from "../records/CheckedMark.tsx";
import { useComparison } from "../records/useComparison.ts";
import { Who } from "../records/Who.tsx";
import { type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { lifeOf, stageOf } from "./life.ts";
import { OfNumber } from "./OfNumber.tsx";
import { CLAIM_BY_ID, type ClaimDetail } from "./queries.ts";
import { Record } from "./Record.tsx";
import { PLEDGE_WORDS, recourseTag, requestWords } from "./words.ts";

/** Comes for those who have an account. */
const ClaimActions = lazy(() => import("./ClaimActions.tsx"));

const TITLE = { en: "Receivable", zh: "应收账款" };

/** One receivable: facts, holders, pledges, what was passed on and collected, its debtor's record, and what can be done. */
export function ClaimScreen({ id }: { id: string }) {
  const say = useWords();
  const none = (
    <Empty action={<Link to="/receivables">{say({ en: "All receivables", zh: "全部应收账款" })}</Link>}>
      {say({ en: `There is no receivable ${id} in the index.`, zh: `索引中没有应收账款 ${id}。` })}
    </Empty>
  );
  return (
    <OfNumber title={TITLE} query={CLAIM_BY_ID} pick={({ receivable }) => receivable} {...{ id, none }}>
      {(claim, { now, block }) => <Shown claim={claim} now={now} block={block} />}
    </OfNumber>
  );
}

function Shown({ claim, now, block }: { claim: ClaimDetail; now: number; block: number | undefined }) {
  const say = useWords();
  const { yuan } = useFormat();
  const me = useMe();
  const stage = stageOf(claim, now);
  const check = useComparison(
    ["claim", claim.id, claim],
    async (platform) => (await import("./checkClaim.ts")).checkClaim(platform, claim),
    { indexBlock: block },
  );
  const facts: Fact[] = [
    [{ en: "Debtor", zh: "债务人" }, <Who key="debtor" id={claim.debtorId} />],
    [{ en: "Creditor at issue", zh: "设立时的债权人" }, <Who key="creditor" id={claim.creditorId} />],
    [{ en: "Stands", zh: "状态" }, say(CLAIM_STAGES[stage])],
    [{ en: "Face value", zh: "面额" }, <Figure key="face" amount={yuan(BigInt(claim.faceFen))} />],
    [{ en: "Collected", zh: "已收款" }, <Figure key="collected" amount={yuan(BigInt(claim.collectedFen))} />],
    [
      { en: "Late fee collected", zh: "已收逾期费" },
      <Figure key="fee" amount={yuan(BigInt(claim.lateFeeCollectedFen))} />,
    ],
    [{ en: "Due", zh: "到期日" }, unbroken(claim.dueDate)],
    [{ en: "In time until", zh: "最后付款日" }, unbroken(claim.debt?.lastPaymentDate ?? claim.dueDate)],
    [{ en: "Comes from", zh: "来源" }, originOf(claim)],
    [
      { en: "Hash of the VAT invoice", zh: "增值税发票哈希" },
      claim.invoiceHash === null ? (
        say({ en: "none was given", zh: "未提供" })
      ) : (
        <code key="hash">{claim.invoiceHash}</code>
      ),
    ],
  ];
  return (
    <>
      <div>
        <h1>{say({ en: `Receivable ${claim.id}`, zh: `应收账款 ${claim.id}` })}</h1>
        <p className="soft">{say(SUBTITLE)}</p>
      </div>
      <FinanceOff />
      <div className="card">
        <StageLine steps={lifeOf(claim, now)} />
      </div>
      <div className="columns">
        <section className="card stack">
          <h2>{say({ en: "Facts", zh: "要素" })}</h2>
          <Facts rows={facts} />
          <p className="row">
            {claim.betweenAffiliates && (
              <span className="tag">{say({ en: "between affiliates", zh: "关联方之间" })}</span>
            )}
            {claim.forRecovery && (
              <span className="tag">{say({ en: "for recovery: does not move", zh: "用于追偿，不可转让" })}</span>
            )}
          </p>
          <CheckedMark check={check} indexBlock={block} />
        </section>
        <section className="card stack">
          <h2>{say({ en: "The debtor's record", zh: "债务人记录" })}</h2>
          <Record participant={claim.debtorId} counted={claim.debtor?.credit} />
        </section>
      </div>
      {me !== undefined && (
        <Suspense>
          <ClaimActions claim={claim} stage={stage} me={me} />
        </Suspense>
      )}
      <History claim={claim} today={formatDay(dayOf(now))} />
    </>
  );

  function originOf({ draftId, debt, debtId }: ClaimDetail): string {
    if (draftId !== null)
      return say({ en: `draft ${draftId}, confirmed by its debtor`, zh: `草稿 ${draftId}，经债务人确权` });
    if (debt?.tradeId != null)
      return say({ en: `debt ${debtId} of trade ${debt.tradeId}`, zh: `交易 ${debt.tradeId} 的债务 ${debtId}` });
    return say({ en: `debt ${debtId}`, zh: `债务 ${debtId}` });
  }
}

const SUBTITLE: Sentence = {
  en: "A debt whose creditor's side is divided into units of one fen.",
  zh: "将债权按每分一份拆分的债务。",
};

/** Holders, pledges, requests, transfers and payments: what happened, in tables. */
function History({ claim, today }: { claim: ClaimDetail; today: string }) {
  const say = useWords();
  const me = useMe();
  const { yuan, percent } = useFormat();
  const money = (fen: string) => <Figure amount={yuan(BigInt(fen))} />;
  const day = (second: string) => <span className="unbroken">{formatDay(dayOf(BigInt(second)))}</span>;
  const holders = claim.units?.items ?? [];
  const pledges = claim.encumbrances?.items ?? [];
  const requests = claim.financingRequests?.items ?? [];
  const financings = claim.financings?.items ?? [];
  const transfers = claim.transfers?.items ?? [];
  const collections = claim.collections?.items ?? [];
  return (
    <>
      <Section
        title={{ en: "Holders", zh: "持有人" }}
        rows={holders}
        keyOf={({ holder }) => holder}
        columns={[
          { title: { en: "Holder", zh: "持有人" }, cell: ({ participantId }) => <Who id={participantId} /> },
          { title: { en: "Holds", zh: "持有" }, kind: "num", cell: ({ units }) => money(units) },
          { title: { en: "Collected", zh: "已收款" }, kind: "num", cell: ({ collectedFen }) => money(collectedFen) },
        ]}
      />
      <Section
        title={{ en: "Pledges", zh: "质押" }}
        rows={pledges}
        keyOf={({ id }) => id}
        columns={[
          { title: { en: "Pledged by", zh: "出质人" }, cell: ({ holderId }) => <Who id={holderId} /> },
          { title: { en: "To", zh: "质权人" }, cell: ({ pledgeeId }) => <Who id={pledgeeId} /> },
          { title: { en: "Units", zh: "份额" }, kind: "num", cell: ({ units }) => money(units) },
          { title: { en: "State", zh: "状态" }, cell: ({ status }) => say(PLEDGE_WORDS[status]!) },
          {
            title: { en: "Registration number", zh: "中登登记编号" },
            cell: ({ registrationNumber }) => registrationNumber,
          },
        ]}
      />
      <Section
        title={{ en: "Requests for financing", zh: "融资申请" }}
        rows={requests}
        keyOf={({ id }) => id}
        columns={[
          {
            title: { en: "Request", zh: "申请" },
            cell: ({ id }) => (
              <Link to="/requests/$id" params={{ id }}>
                {id}
              </Link>
            ),
          },
          { title: { en: "By", zh: "申请人" }, cell: ({ requesterId }) => <Who id={requesterId} /> },
          { title: { en: "Units", zh: "份额" }, kind: "num", cell: ({ units }) => money(units) },
          {
            title: { en: "Highest rate", zh: "最高年贴现率" },
            kind: "num",
            cell: ({ maxRateBp }) => <Figure amount={percent(Number(maxRateBp))} />,
          },
          { title: { en: "Until", zh: "截止日" }, cell: ({ lastDate }) => unbroken(lastDate) },
          {
            title: { en: "State", zh: "状态" },
            cell: ({ status, lastDate }) => say(requestWords(status, lastDate, today)),
          },
        ]}
      />
      <Section
        title={{ en: "Financed", zh: "融资" }}
        rows={financings}
        keyOf={({ id }) => id}
        columns={[
          { title: { en: "Bank", zh: "银行" }, cell: ({ financierId }) => <Who id={financierId} /> },
          { title: { en: "Units", zh: "份额" }, kind: "num", cell: ({ units }) => money(units) },
          { title: { en: "Paid", zh: "支付" }, kind: "num", cell: ({ paidFen }) => money(paidFen) },
          {
            title: { en: "Rate a year", zh: "年贴现率" },
            kind: "num",
            cell: ({ rateBp }) => <Figure amount={percent(Number(rateBp))} />,
          },
          { title: { en: "Recourse", zh: "追索权" }, cell: ({ recourse }) => say(recourseTag(recourse)) },
          { title: { en: "On", zh: "日期" }, cell: ({ financedAt }) => day(financedAt) },
        ]}
      />
      <Section
        title={{ en: "Passed on", zh: "转让" }}
        rows={transfers}
        keyOf={({ id }) => id}
        columns={[
          { title: { en: "From", zh: "转让方" }, cell: ({ senderId }) => <Who id={senderId} /> },
          { title: { en: "To", zh: "受让方" }, cell: ({ recipientId }) => <Who id={recipientId} /> },
          { title: { en: "Units", zh: "份额" }, kind: "num", cell: ({ units }) => money(units) },
          { title: { en: "On", zh: "日期" }, cell: ({ transferredAt }) => day(transferredAt) },
        ]}
      />
      <Section
        title={{ en: "Paid out", zh: "分付" }}
        rows={collections}
        keyOf={({ id }) => id}
        columns={[
          { title: { en: "To", zh: "收款人" }, cell: ({ participantId }) => <Who id={participantId} /> },
          {
            title: { en: "Of", zh: "款项" },
            cell: ({ part }) =>
              say(part === "lateFee" ? { en: "late fee", zh: "逾期费" } : { en: "face value", zh: "面额" }),
          },
          { title: { en: "Amount", zh: "金额" }, kind: "num", cell: ({ amountFen }) => money(amountFen) },
          { title: { en: "On", zh: "日期" }, cell: ({ collectedAt }) => day(collectedAt) },
        ]}
      />
      {me === undefined && (
        <p className="soft">
          {say({
            en: "Connect the wallet of a holder, its bank or the debtor to see what it can do with this receivable.",
            zh: "连接持有人、质权银行或债务人的钱包，即可看到其可办理的事项。",
          })}
        </p>
      )}
    </>
  );
}

function Section<Row>(props: {
  title: Sentence;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
}) {
  const say = useWords();
  if (props.rows.length === 0) return null;
  const { title, ...table } = props;
  return (
    <section className="card stack">
      <h2>{say(title)}</h2>
      <Table label={title} {...table} />
    </section>
  );
}
