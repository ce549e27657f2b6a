import { Link } from "@tanstack/react-router";
import { dayOf, parseDay } from "../../sdk/types/time.ts";
import {
  type Column,
  Empty,
  Failed,
  Figure,
  fromIndex,
  Listing,
  Loading,
  Mark,
  type TwoLines,
} from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { useMe } from "../identity/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { unbroken, useFormat, useWords } from "../words/index.ts";
import { POSITIONS } from "./bankQueries.ts";
import { FinanceOff } from "./FinanceOff.tsx";
import { type Maturity, maturitiesOf } from "./maturing.ts";

/** What falls due to the reader, day by day. */
export function Maturities() {
  const say = useWords();
  const me = useMe();
  return (
    <>
      <h1>{say({ en: "Maturities", zh: "到期日历" })}</h1>
      <FinanceOff />
      {me === undefined ? (
        <Empty>
          {say({ en: "Connect a wallet to see what falls due to you.", zh: "连接钱包以查看到期应收的款项。" })}
        </Empty>
      ) : (
        <ByDay me={me.participant} />
      )}
    </>
  );
}

function ByDay({ me }: { me: number }) {
  const say = useWords();
  const now = useChainNow();
  const { yuan, longDate } = useFormat();
  const { data, error, isPending, refetch } = useIndexed(POSITIONS, { me });
  if (isPending || now === undefined) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  const days = maturitiesOf(data.receivableUnits.items, data.encumbrances.items);
  const today = dayOf(now);
  const total = days.reduce((sum, { heldFen }) => sum + heldFen, 0n);
  const columns: Column<Maturity>[] = [
    { title: { en: "Day", zh: "到期日" }, cell: ({ date }) => <span className="unbroken">{longDate(date)}</span> },
    { title: { en: "In", zh: "距今" }, cell: ({ date }) => say(inDays(parseDay(date) - today)) },
    {
      title: { en: "Held by you", zh: "我方持有" },
      kind: "num",
      cell: ({ heldFen }) => <Figure amount={yuan(heldFen)} />,
    },
    {
      title: { en: "Pledged to you", zh: "质押予我方" },
      kind: "num",
      cell: ({ pledgedFen }) => <Figure amount={yuan(pledgedFen)} />,
    },
    {
      title: { en: "Receivables", zh: "应收账款" },
      kind: "text",
      cell: ({ receivables }) =>
        receivables.map((id, index) => (
          <span key={id}>
            {index > 0 && " "}
            <Link to="/receivables/$id" params={{ id }}>
              {id}
            </Link>
          </span>
        )),
    },
  ];
  const lines = (day: Maturity): TwoLines => ({
    first: [unbroken(day.date), <Figure key="held" amount={yuan(day.heldFen)} />],
    second: [
      say(inDays(parseDay(day.date) - today)),
      day.pledgedFen > 0n && <Figure key="pledged" amount={yuan(day.pledgedFen)} />,
    ],
  });
  return (
    <section className="card stack">
      {days.length === 0 ? (
        <Empty action={<Link to="/requests">{say({ en: "Open requests", zh: "征集中的申请" })}</Link>}>
          {say({ en: "Nothing falls due to you: you hold no receivable.", zh: "您未持有应收账款，没有到期款项。" })}
        </Empty>
      ) : (
        <>
          <dl className="figures">
            <div>
              <dt>{say({ en: "Held in all", zh: "持有合计" })}</dt>
              <dd>
                <Figure amount={yuan(total)} />
              </dd>
            </div>
          </dl>
          <Listing
            label={{ en: "By day", zh: "按日" }}
            columns={columns}
            lines={lines}
            rows={days}
            keyOf={({ date }) => date}
          />
        </>
      )}
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(data))} />
      </p>
    </section>
  );
}

/** @param days until it is due; negative once it is past */
const inDays = (days: number) => {
  if (days === 0) return { en: "today", zh: "今日" };
  return days > 0
    ? { en: `${days} days`, zh: `${days} 天` }
    : { en: `${-days} days ago, unpaid`, zh: `已过 ${-days} 天，未付清` };
};
