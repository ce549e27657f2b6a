import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { dayOf, formatDay } from "../../sdk/types/time.ts";
import {
  type Column,
  Empty,
  Failed,
  Figure,
  fromIndex,
  Listing,
  Loading,
  Mark,
  Pages,
  Tabs,
  type TwoLines,
  usePages,
} from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { useMe } from "../identity/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { Who } from "../records/Who.tsx";
import { type Sentence, unbroken, useFormat, useWords } from "../words/index.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { BID_ON, REQUESTS, type RequestRow } from "./requestQueries.ts";
import { type RequestView, requestsIn } from "./views.ts";
import { requestWords } from "./words.ts";

const VIEWS: readonly { name: RequestView; title: Sentence }[] = [
  { name: "open", title: { en: "Open to bids", zh: "征集报价中" } },
  { name: "mine", title: { en: "Yours and bid on by you", zh: "我方申请或已报价" } },
  { name: "all", title: { en: "All", zh: "全部" } },
];

/** The queue of requests for financing: banks find what to price, sellers what they asked for. */
export function Requests() {
  const say = useWords();
  const [me, now] = [useMe(), useChainNow()];
  const [view, choose] = useState<RequestView>("open");
  return (
    <>
      <h1>{say({ en: "Requests for financing", zh: "融资申请" })}</h1>
      <FinanceOff />
      <section className="card">
        <Tabs label={{ en: "Which requests", zh: "申请范围" }} tabs={VIEWS} chosen={view} choose={choose}>
          {now === undefined ? (
            <Loading />
          ) : view === "mine" && me === undefined ? (
            <Empty>{say({ en: "Connect a wallet to see yours.", zh: "连接钱包以查看您的申请。" })}</Empty>
          ) : (
            <List key={view} view={view} me={me?.participant} today={formatDay(dayOf(now))} />
          )}
        </Tabs>
      </section>
    </>
  );
}

interface ListProps {
  view: RequestView;
  me: number | undefined;
  /** By the chain's time. */
  today: string;
}

function List({ view, me, today }: ListProps) {
  const say = useWords();
  const pages = usePages();
  const bids = useIndexed(BID_ON, { me: me ?? 0 }, { enabled: me !== undefined }).data?.bids.items;
  const bidOn = (bids ?? []).map(({ requestId }) => requestId);
  const { data, error, isPending, refetch } = useIndexed(
    REQUESTS,
    { where: requestsIn(view, { today, me, bidOn }), after: pages.after },
    { enabled: view !== "mine" || bids !== undefined },
  );
  if (isPending) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  const { items, pageInfo } = data.financingRequests;
  return (
    <>
      {items.length === 0 ? <Empty>{say(NOTHING[view])}</Empty> : <Queue rows={items} today={today} />}
      <Pages pages={pages} {...pageInfo} />
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(data))} />
      </p>
    </>
  );
}

const NOTHING: Record<RequestView, Sentence> = {
  open: {
    en: "No request takes bids now: one appears here when a holder asks banks to buy what it holds.",
    zh: "目前没有征集报价的申请：持有人提出融资申请后即显示于此。",
  },
  mine: {
    en: "You asked for nothing and bid on nothing yet: begin at one of your receivables, or at an open request.",
    zh: "您尚无申请或报价：可从您持有的应收账款或征集中的申请开始。",
  },
  all: { en: "Nobody has asked for financing yet.", zh: "尚无融资申请。" },
};

function Queue({ rows, today }: { rows: readonly RequestRow[]; today: string }) {
  const say = useWords();
  const { yuan, percent, count } = useFormat();
  const columns: Column<RequestRow>[] = [
    {
      title: { en: "Request", zh: "申请" },
      cell: ({ id }) => (
        <Link to="/requests/$id" params={{ id }}>
          {say({ en: `Request ${id}`, zh: `申请 ${id}` })}
        </Link>
      ),
    },
    {
      title: { en: "Offered", zh: "拟转让" },
      kind: "num",
      cell: ({ units }) => <Figure amount={yuan(BigInt(units))} />,
    },
    { title: { en: "Due", zh: "到期日" }, cell: ({ receivable }) => unbroken(receivable?.dueDate ?? "—") },
    {
      title: { en: "Highest rate a year", zh: "最高年贴现率" },
      kind: "num",
      cell: ({ maxRateBp }) => <Figure amount={percent(Number(maxRateBp))} />,
    },
    { title: { en: "Bids until", zh: "报价截止" }, cell: ({ lastDate }) => unbroken(lastDate) },
    { title: { en: "Bids", zh: "报价数" }, kind: "num", cell: ({ bids }) => count(bids?.items.length ?? 0) },
    { title: { en: "Seller", zh: "转让方" }, cell: ({ requesterId }) => <Who id={requesterId} /> },
    { title: { en: "Debtor", zh: "债务人" }, cell: ({ receivable }) => <Who id={receivable?.debtorId} /> },
    {
      title: { en: "Pledged", zh: "质押" },
      cell: ({ receivable }) => {
        const live = (receivable?.encumbrances?.items ?? []).filter(({ status }) => status === "live").length;
        return live === 0 ? say({ en: "no", zh: "无" }) : say({ en: `yes, ${live}`, zh: `有，${live} 笔` });
      },
    },
    { title: { en: "State", zh: "状态" }, cell: ({ status, lastDate }) => say(requestWords(status, lastDate, today)) },
  ];
  const lines = (row: RequestRow): TwoLines => ({
    first: [
      <Link key="request" to="/requests/$id" params={{ id: row.id }}>
        {say({ en: `Request ${row.id}`, zh: `申请 ${row.id}` })}
      </Link>,
      <Figure key="units" amount={yuan(BigInt(row.units))} />,
    ],
    second: [
      say({
        en: `due ${unbroken(row.receivable?.dueDate ?? "—")}`,
        zh: `到期 ${unbroken(row.receivable?.dueDate ?? "—")}`,
      }),
      <Figure key="rate" amount={percent(Number(row.maxRateBp))} />,
    ],
  });
  return (
    <Listing
      label={{ en: "Requests", zh: "申请" }}
      columns={columns}
      lines={lines}
      rows={rows}
      keyOf={({ id }) => id}
    />
  );
}
