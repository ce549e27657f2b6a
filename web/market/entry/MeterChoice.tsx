import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { dayOf, formatDay } from "../../../sdk/types/time.ts";
import { Empty, Failed, Figure, Loading, Table } from "../../design/index.ts";
import { useChainNow } from "../../freshness/index.ts";
import { useStanding, useWallet, wordsOfStanding } from "../../wallets/index.ts";
import { useFormat, useWords } from "../../words/index.ts";
import { type TradersMeter, useMeters } from "./meters.ts";
import { wordsOfSide } from "./preview.ts";

/** The reader's meters, and the day to enter: tomorrow by the chain's time unless chosen otherwise. */
export function MeterChoice() {
  const say = useWords();
  const [wallet, now] = [useWallet(), useChainNow()];
  const standing = useStanding(wallet?.account);
  const trader = standing?.participant;
  const { data, error, refetch } = useMeters(trader);
  const [chosen, setChosen] = useState<string>();
  const date = chosen ?? (now === undefined ? "" : formatDay(dayOf(now) + 1));
  const title = <h1>{say({ en: "Enter a day", zh: "日电能申报" })}</h1>;
  if (wallet === undefined)
    return (
      <>
        {title}
        <Empty>
          {say({
            en: "Connect a wallet above: then your meters are here.",
            zh: "请先在上方连接钱包，您的计量点将显示在此。",
          })}
        </Empty>
      </>
    );
  if (error !== null) return <Failed error={error} retry={refetch} />;
  if (standing !== undefined && trader === undefined)
    return (
      <>
        {title}
        <Empty>{say(wordsOfStanding(standing))}</Empty>
      </>
    );
  if (data === undefined) return <Loading />;
  return (
    <>
      {title}
      <label className="field entry-date">
        {say({ en: "Delivery day", zh: "交割日" })}
        <input type="date" value={date} onChange={(event) => setChosen(event.target.value)} />
      </label>
      {data.meters.items.length === 0 ? (
        <Empty>
          {say({
            en: "You trade for no meter: its owner, or the metering centre, names who does.",
            zh: "您名下没有可交易的计量点：由其所有者或计量中心指定交易主体。",
          })}
        </Empty>
      ) : (
        <>
          <Meters meters={data.meters.items} date={date} />
          {data.meters.items.length > 1 && (
            <p>
              <Link to="/portfolio/$date" params={{ date }}>
                {say({ en: "All meters of the day from one file", zh: "用一个文件申报全部计量点" })}
              </Link>
            </p>
          )}
        </>
      )}
    </>
  );
}

function Meters({ meters, date }: { meters: readonly TradersMeter[]; date: string }) {
  const [say, format] = [useWords(), useFormat()];
  return (
    <Table
      label={{ en: "Your meters", zh: "您的计量点" }}
      rows={meters}
      keyOf={({ id }) => id}
      columns={[
        {
          title: { en: "Meter", zh: "计量点" },
          cell: ({ id }) => (
            <Link to="/day/$meter/$date" params={{ meter: id, date }}>
              {id}
            </Link>
          ),
        },
        {
          title: { en: "Side", zh: "方向" },
          cell: ({ direction }) => say(wordsOfSide(direction === "generation" ? "sell" : "buy")),
        },
        { title: { en: "Zone", zh: "分区" }, cell: ({ zone }) => zone?.name ?? "" },
        {
          title: { en: "Capacity", zh: "容量" },
          kind: "num",
          cell: ({ capacityW }) => <Figure amount={{ ...format.kwh(BigInt(capacityW)), unit: "kW" }} />,
        },
      ]}
    />
  );
}
