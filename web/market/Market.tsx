import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatDecimal } from "../../sdk/types/decimal.ts";
import { SLOTS, slotLabel } from "../../sdk/types/time.ts";
import {
  Amounts,
  type Column,
  Empty,
  Failed,
  fromIndex,
  Loading,
  Mark,
  SlotChart,
  Table,
  type TitledAmount,
} from "../design/index.ts";
import { blockOf, useIndexed } from "../indexed/index.ts";
import { unbroken, useFormat, useWords } from "../words/index.ts";
import { Depth } from "./Depth.tsx";
import { figuresOf, MARKET_DAY, type MarketDay, type PricedSlot, seasonOf } from "./marketDay.ts";
import { Place } from "./Place.tsx";
import { Rounds } from "./Rounds.tsx";
import { RulesInForce } from "./RulesInForce.tsx";

/** The market of a zone on a day: prices, volumes, what waits, what was cleared, and the rules. */
export function Market({ zone, date }: { zone: number; date: string }) {
  const { data, error, isPending, refetch } = useIndexed(MARKET_DAY, { zone, date });
  if (isPending) return <Loading />;
  if (data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  return <Day day={data} zone={zone} date={date} />;
}

function Day({ day, zone, date }: { day: MarketDay; zone: number; date: string }) {
  const say = useWords();
  const [slot, setSlot] = useState<number>();
  const slots = day.priceSlots.items;
  const sets = day.ruleSets.items.filter(({ withdrawnAt }) => withdrawnAt === null);
  const [inForce, before] = sets;
  const season = inForce === undefined ? undefined : seasonOf(inForce.rules, date);
  return (
    <>
      <Place zones={day.zones.items} zone={zone} date={date} isWet={season?.isWet} />
      {slots.length === 0 ? (
        <section className="card">
          <Empty action={<LatestDay zone={zone} date={day.latest.items[0]?.date} />}>
            {say({
              en: "Nothing was traded or priced for this day yet: prices appear here when the first round is cleared.",
              zh: "该日尚无成交或价格：首轮出清后价格将显示于此。",
            })}
          </Empty>
        </section>
      ) : (
        <>
          <KeyFigures slots={slots} />
          <Curves slots={slots} limits={season?.limits} slot={slot} choose={setSlot} />
        </>
      )}
      <div className="columns">
        <Depth zone={zone} date={date} slot={slot} choose={setSlot} />
        <Rounds zone={zone} date={date} />
      </div>
      {inForce !== undefined && <RulesInForce inForce={inForce} before={before} />}
      <p>
        <Mark trust="indexed" words={fromIndex(blockOf(day))} />
      </p>
    </>
  );
}

/** The way to the last day on which there is something to see. */
function LatestDay({ zone, date }: { zone: number; date: string | undefined }) {
  const say = useWords();
  if (date === undefined) return null;
  return (
    <Link to="/market/$zone/$date" params={{ zone: String(zone), date }} className="button">
      {say({ en: `Show ${unbroken(date)}, the last day with prices`, zh: `查看最近有价格的 ${unbroken(date)}` })}
    </Link>
  );
}

function KeyFigures({ slots }: { slots: readonly PricedSlot[] }) {
  const { yuanPerMwh, mwh, count } = useFormat();
  const { average, lowest, highest, contractedWh, deliveredWh } = figuresOf(slots);
  const price = (value: number | bigint | undefined) => (value === undefined ? undefined : yuanPerMwh(value));
  const unpriced = SLOTS - slots.filter(({ price }) => price !== null).length;
  const figures: TitledAmount[] = [
    [{ en: "Average of all trades", zh: "全部成交均价" }, price(average)],
    [{ en: "Highest clearing price", zh: "最高出清价格" }, price(highest)],
    [{ en: "Lowest clearing price", zh: "最低出清价格" }, price(lowest)],
    [{ en: "Contracted", zh: "合约电量" }, mwh(contractedWh)],
    [{ en: "Delivered", zh: "已交付电量" }, mwh(deliveredWh)],
    [
      { en: "Slots without a price", zh: "无价格时段" },
      { number: count(unpriced), unit: "" },
    ],
  ];
  return <Amounts label={{ en: "Key figures", zh: "要点" }} figures={figures} />;
}

interface CurvesProps {
  slots: readonly PricedSlot[];
  limits: { floor: number; cap: number } | undefined;
  slot: number | undefined;
  choose: (slot: number) => void;
}

function Curves({ slots, limits, slot, choose }: CurvesProps) {
  const say = useWords();
  const { yuanPerMwh, kwh } = useFormat();
  const bySlot = new Map(slots.map((each) => [each.slot, each]));
  const curve = (value: (slot: PricedSlot) => number | null) =>
    Array.from({ length: SLOTS }, (_, at) => {
      const found = bySlot.get(at);
      return found === undefined ? null : value(found);
    });
  // What has not been delivered yet would read as a shortfall of everything.
  const isDelivered = slots.some(({ deliveredWh }) => deliveredWh !== "0");
  const plainPrice = (value: number) => yuanPerMwh(Math.round(value)).number;
  const plainKwh = (value: number) => kwh(BigInt(Math.round(value))).number;
  const unit = yuanPerMwh(0).unit;
  return (
    <section className="card stack">
      <h2>{say({ en: "Prices and volumes", zh: "价格与电量" })}</h2>
      <SlotChart
        label={{ en: "Price and volume of 96 quarter-hours", zh: "96 个时段的价格与电量" }}
        panels={[
          {
            title: { en: `Price, ${unit}`, zh: `价格（${unit}）` },
            series: [
              {
                label: { en: "Clearing price", zh: "出清价格" },
                kind: "step",
                color: "sell",
                values: curve(({ price }) => price),
              },
              {
                label: { en: "Average of all trades", zh: "全部成交均价" },
                kind: "step",
                color: "plain",
                dashed: true,
                values: curve(({ averagePrice }) => averagePrice),
              },
            ],
            ...(limits === undefined ? {} : { limits: [{ value: limits.cap, label: { en: "cap", zh: "上限" } }] }),
            format: plainPrice,
            tick: (value) => formatDecimal(BigInt(Math.round(value)), 2, 0),
          },
          {
            title: { en: "Volume, kWh", zh: "电量（kWh）" },
            series: [
              ...(isDelivered
                ? [
                    {
                      label: { en: "Delivered", zh: "已交付" },
                      kind: "bar" as const,
                      color: "energy" as const,
                      values: curve(({ deliveredWh }) => Number(deliveredWh)),
                    },
                  ]
                : []),
              {
                label: { en: "Contracted", zh: "合约" },
                kind: "step",
                color: "plain",
                values: curve(({ contractedWh }) => Number(contractedWh)),
              },
            ],
            format: plainKwh,
            tick: plainKwh,
          },
        ]}
        selected={slot === undefined ? undefined : { from: slot, to: slot }}
        onSelect={choose}
      />
      <details>
        <summary>{say({ en: "As a table", zh: "以表格显示" })}</summary>
        <SlotTable slots={slots} />
      </details>
    </section>
  );
}

function SlotTable({ slots }: { slots: readonly PricedSlot[] }) {
  const { yuanPerMwh, kwh, count } = useFormat();
  const unit = yuanPerMwh(0).unit;
  const price = (value: number | null) => (value === null ? "—" : yuanPerMwh(value).number);
  const columns: Column<PricedSlot>[] = [
    { title: { en: "Slot", zh: "时段" }, cell: ({ slot }) => slotLabel(slot) },
    { title: { en: `Price, ${unit}`, zh: `价格（${unit}）` }, kind: "num", cell: (row) => price(row.price) },
    { title: { en: `Average, ${unit}`, zh: `均价（${unit}）` }, kind: "num", cell: (row) => price(row.averagePrice) },
    {
      title: { en: "Contracted, kWh", zh: "合约（kWh）" },
      kind: "num",
      cell: ({ contractedWh }) => kwh(BigInt(contractedWh), 3).number,
    },
    {
      title: { en: "Bilateral, kWh", zh: "其中双边（kWh）" },
      kind: "num",
      cell: ({ bilateralWh }) => kwh(BigInt(bilateralWh), 3).number,
    },
    {
      title: { en: "Delivered, kWh", zh: "已交付（kWh）" },
      kind: "num",
      cell: ({ deliveredWh }) => kwh(BigInt(deliveredWh), 3).number,
    },
    { title: { en: "Trades", zh: "笔数" }, kind: "num", cell: ({ trades }) => count(trades) },
  ];
  return (
    <Table label={{ en: "Table of slots", zh: "时段表" }} columns={columns} rows={slots} keyOf={({ slot }) => slot} />
  );
}
