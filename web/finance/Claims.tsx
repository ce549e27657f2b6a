import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Empty, Failed, Figure, fromIndex, Loading, Mark, Tabs } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { useMe, Who } from "../identity/index.ts";
import { useIndexed } from "../indexed/index.ts";
import { type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { LifeLine } from "./LifeLine.tsx";
import { lifeOf } from "./life.ts";
import { OpenDebts } from "./OpenDebts.tsx";
import { CLAIMS, type Claim } from "./queries.ts";

type View = "held" | "owed" | "all";

const VIEWS: readonly { name: View; title: Sentence }[] = [
  { name: "held", title: { en: "You hold or issued", zh: "我方持有或设立" } },
  { name: "owed", title: { en: "You owe", zh: "我方应付" } },
  { name: "all", title: { en: "Everybody's", zh: "全部" } },
];
/** So many more are shown at a time. */
const STEP = 50;

/** Receivables with their life lines; one's own first. */
export function Claims() {
  const say = useWords();
  const me = useMe();
  const [chosen, choose] = useState<View>();
  const { data, error, isPending, refetch } = useIndexed(CLAIMS, {});
  const view = chosen ?? (me === undefined ? "all" : "held");
  return (
    <>
      <div className="row between">
        <h1>{say({ en: "Receivables", zh: "应收账款" })}</h1>
        <Link to="/drafts" className="button">
          {say({ en: "Draft a claim by an invoice", zh: "凭发票起草应收账款" })}
        </Link>
      </div>
      <FinanceOff />
      {isPending && <Loading />}
      {data === undefined && error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Tabs label={{ en: "Which receivables", zh: "应收账款范围" }} tabs={VIEWS} chosen={view} choose={choose}>
            <List
              claims={data.receivables.items.filter((claim) => belongs(claim, view, me?.participant))}
              view={view}
            />
          </Tabs>
          {me !== undefined && <OpenDebts me={me.participant} />}
          <p>
            <Mark trust="indexed" words={fromIndex(data._meta?.status.market?.block.number)} />
          </p>
        </>
      )}
    </>
  );
}

/** Whether a receivable is one of a view. */
export function belongs(
  { debtorId, creditorId, units }: Pick<Claim, "debtorId" | "creditorId" | "units">,
  view: View,
  me: number | undefined,
): boolean {
  if (view === "all") return true;
  if (me === undefined) return false;
  if (view === "owed") return debtorId === me;
  return creditorId === me || (units?.items ?? []).some(({ participantId }) => participantId === me);
}

function List({ claims, view }: { claims: readonly Claim[]; view: View }) {
  const say = useWords();
  const now = useChainNow();
  const [shown, setShown] = useState(STEP);
  if (now === undefined) return <Loading />;
  if (claims.length === 0) return <Empty>{say(NOTHING[view])}</Empty>;
  return (
    <>
      <ul className="claims">
        {claims.slice(0, shown).map((claim) => (
          <li key={claim.id}>
            <ClaimCard claim={claim} now={now} />
          </li>
        ))}
      </ul>
      {claims.length > shown && (
        <p>
          <button type="button" className="button" onClick={() => setShown(shown + STEP)}>
            {say({
              en: `Show more (${claims.length - shown} are left)`,
              zh: `显示更多（还有 ${claims.length - shown} 笔）`,
            })}
          </button>
        </p>
      )}
    </>
  );
}

const NOTHING: Record<View, Sentence> = {
  held: {
    en: "You hold no receivable: one arises when a debtor confirms your draft, or when you divide what a trade left owing to you.",
    zh: "您尚未持有应收账款：债务人确认您的草稿，或您以交易形成的欠款设立后，即会显示于此。",
  },
  owed: { en: "Nobody holds a receivable that you owe.", zh: "没有以您为债务人的应收账款。" },
  all: { en: "There is no receivable on this network yet.", zh: "本网络尚无应收账款。" },
};

function ClaimCard({ claim, now }: { claim: Claim; now: number }) {
  const say = useWords();
  const me = useMe();
  const mine = (claim.units?.items ?? [])
    .filter(({ participantId }) => participantId === me?.participant)
    .reduce((sum, { units }) => sum + BigInt(units), 0n);
  return (
    <article className="card stack" aria-labelledby={`claim-${claim.id}`}>
      <div className="row between">
        <h2 id={`claim-${claim.id}`}>
          <Link to="/receivables/$id" params={{ id: claim.id }}>
            {say({ en: `Receivable ${claim.id}`, zh: `应收账款 ${claim.id}` })}
          </Link>
        </h2>
        <span>
          <Who id={claim.debtorId} /> → <Who id={claim.creditorId} />
        </span>
      </div>
      <dl className="figures">
        <Amount title={{ en: "Face value", zh: "面额" }} fen={BigInt(claim.faceFen)} />
        <Amount title={{ en: "Collected", zh: "已收款" }} fen={BigInt(claim.collectedFen)} />
        {mine > 0n && <Amount title={{ en: "You hold", zh: "我方持有" }} fen={mine} />}
        <div>
          <dt>{say({ en: "Due", zh: "到期日" })}</dt>
          <dd className="unbroken">{unbroken(claim.dueDate)}</dd>
        </div>
      </dl>
      <LifeLine steps={lifeOf(claim, now)} />
      {claim.betweenAffiliates && (
        <p>
          <span className="tag">{say({ en: "between affiliates", zh: "关联方之间" })}</span>
        </p>
      )}
    </article>
  );
}

function Amount({ title, fen }: { title: Sentence; fen: bigint }) {
  const say = useWords();
  const { yuan } = useFormat();
  return (
    <div>
      <dt>{say(title)}</dt>
      <dd>
        <Figure amount={yuan(fen)} />
      </dd>
    </div>
  );
}
