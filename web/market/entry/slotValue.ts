import { exactUnits, formatDecimal } from "../../../sdk/types/decimal.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import type { Sentence } from "../../../sdk/types/sentence.ts";
import { LANE_LIMIT } from "../../../sdk/types/units.ts";
import { type CellUnit, numberIn } from "./cellNumber.ts";
import type { EnergyUnit, Layer } from "./entryState.ts";

/** Thrown when what was typed is no value of a slot. */
export class SlotValueError extends DujiangError {}

/** How values are written in a layer: the unit, and how many of its decimals one base unit of the curve stands for. */
export interface Writing {
  name: Sentence;
  kind: CellUnit["kind"];
  decimals: number;
  /** What is shown for each base unit: kW of a slot are four times its kWh. */
  times: bigint;
}

export function writingOf(layer: Layer, unit: EnergyUnit): Writing {
  if (layer === "price") return { name: { en: "CNY/MWh", zh: "元/MWh" }, kind: "price", decimals: 2, times: 1n };
  return unit === "kW"
    ? { name: { en: "kW", zh: "kW" }, kind: "power", decimals: 3, times: 4n }
    : { name: { en: "kWh", zh: "kWh" }, kind: "energy", decimals: 3, times: 1n };
}

/** A slot's value as it is shown. @param least as many decimals at least, so that a column has the same in all rows */
export function shownValue(value: number, { decimals, times }: Writing, least = 0): string {
  return formatDecimal(BigInt(value) * times, decimals, least);
}

/** As many decimals as the finest of the values needs; money has always two. */
export function decimalsOf(values: readonly number[], writing: Writing): number {
  if (writing.kind === "price") return writing.decimals;
  return Math.max(...values.map((value) => (shownValue(value, writing).split(".")[1] ?? "").length));
}

/** What somebody typed into a slot; an empty text is no energy. @throws SlotValueError */
export function typedValue(text: string, writing: Writing): number {
  if (text.trim() === "" && writing.kind !== "price") return 0;
  const number = numberIn(text.trim());
  const example = writing.kind === "price" ? "401.20" : "1,250.5";
  if (number === undefined || (number.unit !== undefined && number.unit.kind !== writing.kind)) {
    throw new SlotValueError({
      en: `"${text}" is no number of ${writing.name.en} such as ${example}: correct it.`,
      zh: `“${text}”不是以 ${writing.name.zh} 计的数字（例如 ${example}）：请更正。`,
    });
  }
  const shown = exactUnits(number.decimal, number.unit?.decimals ?? writing.decimals);
  if (shown === undefined || shown % writing.times !== 0n) {
    const grain = formatDecimal(writing.times, writing.decimals, 0);
    throw new SlotValueError({
      en: `"${text}" is finer than steps of ${grain} ${writing.name.en}: round it.`,
      zh: `“${text}”的精度超过 ${grain} ${writing.name.zh}：请取整。`,
    });
  }
  const value = shown / writing.times;
  if (value >= 0n && value < BigInt(LANE_LIMIT)) return Number(value);
  throw new SlotValueError({
    en: `"${text}" is outside of what a slot can hold: from 0 to ${shownValue(LANE_LIMIT - 1, writing)} ${writing.name.en}.`,
    zh: `“${text}”超出单个时段范围：0 至 ${shownValue(LANE_LIMIT - 1, writing)} ${writing.name.zh}。`,
  });
}

/** Slots as a column that spreadsheets take. */
export function columnText(values: readonly number[], writing: Writing): string {
  return values.map((value) => shownValue(value, writing).replaceAll(",", "")).join("\n");
}
