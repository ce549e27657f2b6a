import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Address } from "viem";
import { dayOf, formatDay, parseDay } from "../../../sdk/types/time.ts";
import { Empty, Failed, Figure, Loading, Table } from "../../design/index.ts";
import { useChainNow } from "../../freshness/index.ts";
import { operatorAt, sessionToken } from "../../operator/index.ts";
import { useSigner, useWallet } from "../../wallets/index.ts";
import { type Sentence, unbroken, useFormat, useWords } from "../../words/index.ts";
import { keptOrders } from "./journal.ts";
import { wordsOfSide } from "./preview.ts";
import { type OperatorOrder, progressOf, STAGE_WORDS } from "./stage.ts";

const STATES: Readonly<Record<OperatorOrder["state"], Sentence>> = {
  open: { en: "open", zh: "待成交" },
  filled: { en: "filled", zh: "全部成交" },
  cancelled: { en: "cancelled", zh: "已撤销" },
  expired: { en: "expired", zh: "已过期" },
  dropped: { en: "dropped", zh: "已移出" },
};

interface Row {
  hash: string;
  side: "sell" | "buy";
  meter: string;
  date: string;
  energyWh: bigint;
  state: Sentence;
}

/** What the connected account signed in this browser, and what the power exchange keeps of it: shown for a signature, once an hour. */
export function OrdersList() {
  const say = useWords();
  const [wallet, now] = [useWallet(), useChainNow()];
  const [chosen, setChosen] = useState<string>();
  const date = chosen ?? (now === undefined ? undefined : formatDay(dayOf(now) + 1));
  const title = <h1>{say({ en: "Your orders", zh: "我的报单" })}</h1>;
  if (wallet === undefined)
    return (
      <>
        {title}
        <Empty>
          {say({
            en: "Connect a wallet above: then its orders are here.",
            zh: "请先在上方连接钱包，其报单将显示在此。",
          })}
        </Empty>
      </>
    );
  if (date === undefined) return <Loading />;
  return (
    <>
      {title}
      <Signed trader={wallet.account} />
      <section className="card stack">
        <h2>{say({ en: "At the power exchange", zh: "电力交易中心留存" })}</h2>
        <label className="field entry-date">
          {say({ en: "Delivery day", zh: "交割日" })}
          <input type="date" value={date} onChange={(event) => setChosen(event.target.value)} />
        </label>
        <Kept trader={wallet.account} date={date} />
      </section>
    </>
  );
}

/** Signed in this browser, whether or not it arrived. */
function Signed({ trader }: { trader: Address }) {
  const say = useWords();
  const rows = useMemo(
    () =>
      keptOrders(localStorage, trader).map(
        ({ hash, order, receivedAt }): Row => ({
          hash,
          side: order.side,
          meter: String(order.meter),
          date: formatDay(order.day),
          energyWh: order.totalEnergyWh,
          state: STAGE_WORDS[receivedAt === undefined ? "signed" : "received"].words,
        }),
      ),
    [trader],
  );
  return (
    <section className="card stack">
      <h2>{say({ en: "Signed in this browser", zh: "在本浏览器签署" })}</h2>
      {rows.length === 0 ? (
        <Empty action={<Link to="/day">{say({ en: "Enter a day", zh: "日电能申报" })}</Link>}>
          {say({ en: "Nothing was signed here yet.", zh: "尚未在此签署报单。" })}
        </Empty>
      ) : (
        <Rows label={{ en: "Signed in this browser", zh: "在本浏览器签署" }} rows={rows} />
      )}
    </section>
  );
}

function Kept({ trader, date }: { trader: Address; date: string }) {
  const say = useWords();
  const signer = useSigner();
  const [isAsked, setAsked] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["operator", "orders", trader, date],
    queryFn: async () => {
      const token = await sessionToken(trader, signer!);
      const { allPages, listOrders } = await import("../../../sdk/operator/lists.ts");
      const found: OperatorOrder[] = [];
      for await (const { orders } of allPages((page) => listOrders(operatorAt(token), trader, parseDay(date), page)))
        found.push(...orders);
      return found;
    },
    enabled: isAsked && signer !== undefined,
    retry: false,
  });
  if (!isAsked)
    return (
      <p className="row">
        <button type="button" className="button" onClick={() => setAsked(true)}>
          {say({ en: "Show them", zh: "查看" })}
        </button>
        <span className="soft">
          {say({
            en: "Your wallet signs a question that allows nothing else; good for an hour.",
            zh: "钱包将签署一条仅用于查询的消息，有效期一小时。",
          })}
        </span>
      </p>
    );
  if (error !== null) return <Failed error={error} retry={refetch} />;
  if (data === undefined) return <Loading />;
  if (data.length === 0)
    return <Empty>{say({ en: "It keeps no order of yours for this day.", zh: "该日没有您的报单。" })}</Empty>;
  const rows = data.map((order): Row => {
    const { stage, ended } = progressOf(order, () => false);
    const { en, zh } = STAGE_WORDS[stage].words;
    const state = STATES[order.state];
    return {
      hash: order.hash,
      side: order.side,
      meter: order.meter,
      date: order.date,
      energyWh: BigInt(order.totalEnergyWh),
      state: ended === undefined ? { en: `${state.en}, ${en}`, zh: `${state.zh}，${zh}` } : state,
    };
  });
  return <Rows label={{ en: "At the power exchange", zh: "电力交易中心留存" }} rows={rows} />;
}

function Rows({ label, rows }: { label: Sentence; rows: readonly Row[] }) {
  const [say, format] = [useWords(), useFormat()];
  return (
    <Table
      label={label}
      rows={rows}
      keyOf={({ hash }) => hash}
      columns={[
        {
          title: { en: "Order", zh: "报单" },
          cell: ({ hash }) => (
            <Link to="/orders/$hash" params={{ hash }}>
              <code>{`${hash.slice(0, 8)}…${hash.slice(-4)}`}</code>
            </Link>
          ),
        },
        { title: { en: "Day", zh: "交割日" }, cell: ({ date }) => unbroken(date) },
        { title: { en: "Side", zh: "方向" }, cell: ({ side }) => say(wordsOfSide(side)) },
        { title: { en: "Meter", zh: "计量点" }, kind: "num", cell: ({ meter }) => meter },
        {
          title: { en: "Energy", zh: "电量" },
          kind: "num",
          cell: ({ energyWh }) => <Figure amount={format.mwh(energyWh)} />,
        },
        { title: { en: "Where it stands", zh: "状态" }, cell: ({ state }) => say(state) },
      ]}
    />
  );
}
