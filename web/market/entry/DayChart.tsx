import { useState } from "react";
import { formatDecimal } from "../../../sdk/types/decimal.ts";
import { type ChartPanel, SlotChart, type Stroke } from "../../design/SlotChart.tsx";
import { kwh, useLanguage, useWords, written, yuanPerMwh } from "../../words/index.ts";
import { type EntryAction, type EntryState, stretchOf } from "./entryState.ts";
import type { MeterRules } from "./readRules.ts";
import { writingOf } from "./slotValue.ts";

/** Prices end on tenths of a yuan where they are drawn. */
const PRICE_GRAIN = 10;

/** The day as a picture, which a pointer or a finger can draw on. */
export function DayChart({
  state,
  act,
  rules,
}: {
  state: EntryState;
  act(action: EntryAction): void;
  rules: MeterRules;
}) {
  const [say, language] = [useWords(), useLanguage()];
  const [isDrawing, setDrawing] = useState(false);
  const { day, unit, selection } = state;
  const writing = writingOf("energy", unit);
  const times = unit === "kW" ? 4 : 1;
  const panels: ChartPanel[] = [
    {
      title: { en: "Limit price, CNY/MWh", zh: "限价（元/MWh）" },
      series: [
        {
          label: { en: "Limit price", zh: "限价" },
          kind: "step",
          color: rules.side,
          values: day.price.map((price, slot) => (day.energy[slot] === 0 ? null : price)),
        },
      ],
      limits: [
        { value: rules.cap, label: { en: "highest price", zh: "上限" } },
        { value: rules.floor, label: { en: "lowest price", zh: "下限" } },
      ],
      grain: PRICE_GRAIN,
      format: (price) => written(yuanPerMwh(language, price)),
      tick: (price) => formatDecimal(BigInt(Math.round(price)), 2, 0),
    },
    {
      title: {
        en: `Energy, ${unit}${unit === "kWh" ? " a slot" : ""}`,
        zh: unit === "kWh" ? "电量（kWh/时段）" : "功率（kW）",
      },
      series: [{ label: { en: "Energy", zh: "电量" }, kind: "bar", color: "energy", values: day.energy }],
      limits:
        rules.side === "sell"
          ? [{ value: Number(rules.slotLimitWh), label: { en: "meter's limit", zh: "计量点上限" } }]
          : [],
      empty: Number(rules.slotLimitWh),
      grain: rules.lotWh,
      format: (wh) =>
        unit === "kWh" ? written(kwh(language, BigInt(wh))) : `${formatDecimal(BigInt(wh * times), 3, 0)}\u00a0kW`,
      tick: (wh) => formatDecimal(BigInt(Math.round(wh)) * writing.times, writing.decimals, 0),
    },
  ];
  const draw = ({ panel, ...stroke }: Stroke) =>
    act({ to: "draw", layer: panel === 0 ? "price" : "energy", ...stroke });
  return (
    <section className="card stack">
      <div className="row between">
        <h2>{say({ en: "The day", zh: "日曲线" })}</h2>
        <button
          type="button"
          className="button s no-print"
          aria-pressed={isDrawing}
          onClick={() => setDrawing(!isDrawing)}
        >
          {say({ en: "Draw", zh: "绘制" })}
        </button>
      </div>
      <SlotChart
        panels={panels}
        label={{
          en: "Limit price and energy of 96 quarter-hours; the sheet below has every value",
          zh: "96 个时段的限价与电量；下方表格列出每个数值",
        }}
        selected={stretchOf(selection)}
        onSelect={(slot, extend) =>
          act({ to: "select", selection: { anchor: extend ? selection.anchor : slot, head: slot } })
        }
        onDraw={isDrawing ? draw : undefined}
      />
    </section>
  );
}
