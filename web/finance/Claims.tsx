import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Empty, Failed, Figure, fromIndex, Loading, Mark, Pages, StageLine, Tabs, usePages } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { useMe } from "../identity/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { Who } from "../records/Who.tsx";
import { type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { lifeOf } from "./life.ts";
import { OpenDebts } from "./OpenDebts.tsx";
import { CLAIMS, type Claim, HELD } from "./queries.ts";
import { type ClaimView, claimsIn } from "./views.ts";

const VIEWS: readonly { name: ClaimView; title: Sentence }[] = [
  { name: "held", title: { en: "You hold or issued", zh: "我方持有或设立" } },
  { name: "owed", title: { en: "You owe", zh: "我方应付" } },
  { name: "all", title: { en: "Everybody's", zh: "全部" } },
];

/** Receivables with their life lines; one's own first. */
export function Claims() {
  const say = useWords();
  const me = useMe();
  const [chosen, choose] = useState<ClaimView>();
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
      <Tabs label={{ en: "Which receivables", zh: "应收账款范围" }} tabs={VIEWS} chosen={view} choose={choose}>
        {view !== "all" && me === undefined ? (
          <Empty>{say({ en: "Connect a wallet to see yours.", zh: "连接钱包以查看您的应收账款。" })}</Empty>
        ) : (
          <List key={view} view={view} me={me?.participant} />
        )}
      </Tabs>
      {me !== undefined && <OpenDebts me={me.participant} />}
    </>
  );
}

function List({ view, me }: { view: ClaimView; me: number | undefined }) {
  const say = useWords();
  const now = useChainNow();
  const pages = usePages();
  const held = useIndexed(HELD, { me: me ?? 0 }, { enabled: me !== undefined }).data?.receivableUnits.items;
  const where = claimsIn(
    view,
    me,
    (held ?? []).map(({ receivableId }) => receivableId),
  );
  const { data, error, isPending, refetch } = useIndexed(
    CLAIMS,
    { where, after: pages.after },
    { enabled: view !== "held" || held !== undefined },
  );
  if (isPending || now === undefined) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  const { items, pageInfo } = data.receivables;
  if (items.length === 0) return <Empty>{say(NOTHING[view])}</Empty>;
  const mine = new Map((held ?? []).map(({ receivableId, units }) => [receivableId, BigInt(units)]));
  return (
    <>
      <ul className="claims">
        {items.map((claim) => (
          <li key={claim.id}>
            <ClaimCard claim={claim} now={now} mine={mine.get(claim.id) ?? 0n} />
          </li>
        ))}
      </ul>
      <Pages pages={pages} {...pageInfo} />
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(data))} />
      </p>
    </>
  );
}

const NOTHING: Record<ClaimView, Sentence> = {
  held: {
    en: "You hold no receivable: one arises when a debtor confirms your draft, or when you divide what a trade left owing to you.",
    zh: "您尚未持有应收账款：债务人确认您的草稿，或您以交易形成的欠款设立后，即会显示于此。",
  },
  owed: { en: "Nobody holds a receivable that you owe.", zh: "没有以您为债务人的应收账款。" },
  all: { en: "There is no receivable on this network yet.", zh: "本网络尚无应收账款。" },
};

function ClaimCard({ claim, now, mine }: { claim: Claim; now: number; mine: bigint }) {
  const say = useWords();
  return (
    <article className="card stack" aria-labelledby={`claim-${claim.id}`}>
      <div className="row between">
        <h2 id={`claim-${claim.id}`}>
          <Link to="/receivables/$id" params={{ id: claim.id }}>
            {say({ en: `Receivable ${claim.id}`, zh: `应收账款 ${claim.id}` })}
          </Link>
        </h2>
        <span>
          <Who id={claim.debtorId} /> {say({ en: "owes", zh: "欠" })} <Who id={claim.creditorId} />
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
      <StageLine steps={lifeOf(claim, now)} />
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
