import { setImmediate } from "node:timers/promises";
import { energyWh } from "../../intake/energy.ts";
import {
  type Curve,
  curve,
  type Day,
  formatDay,
  LANE_LIMIT,
  parseDay,
  SLOTS,
  slotLimitWh,
  slotsLabel,
} from "../../sdk/index.ts";
import { parseDecimal } from "../../sdk/types/decimal.ts";
import type { Words } from "../gateway/language.ts";
import type { BatchFormat } from "./batch.ts";
import type { RegisteredMeter } from "./meters.ts";
import { BatchRejected, type Problem, shown } from "./problem.ts";
import type { RawReading } from "./rawReading.ts";

/** A meter's day as it goes to the chain. */
export interface Reading {
  meter: bigint;
  day: Day;
  /** Index into `QUALITIES` of the sdk. */
  quality: number;
  /** Wh per slot. */
  curve: Curve;
}

/** What a batch is checked against. */
export interface Facts {
  format: BatchFormat;
  /** By asset number; those that the chain does not know are missing. */
  meters: ReadonlyMap<string, RegisteredMeter>;
  /** The day that is not over yet. */
  today: Day;
}

const QUALITY: Readonly<Record<string, number>> = { measured: 0, estimated: 1, 实测: 0, 估算: 1 };
/** Rows after which others have their turn: a province has thousands. */
const ROWS_AT_A_TIME = 100;

/** Checks every row, so that all reasons are reported at once; throws `BatchRejected` if there is one. */
export async function checkBatch(rows: readonly RawReading[], facts: Facts): Promise<Reading[]> {
  const problems: Problem[] = [];
  const places = new Map<string, number>();
  const readings: Reading[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_AT_A_TIME === 0) await setImmediate();
    const reading = checkRow(row, facts, places, (words, slots) => problems.push(problemOf(row, facts, words, slots)));
    if (reading !== undefined) readings.push(reading);
  }
  if (problems.length > 0) throw new BatchRejected(problems);
  return readings;
}

type Complain = (words: Words, slots?: { from: number; to: number }) => void;

function checkRow(row: RawReading, facts: Facts, places: Map<string, number>, complain: Complain): Reading | undefined {
  const meter = facts.meters.get(row.meter);
  if (meter === undefined) {
    complain({
      en: "no meter with this asset number is registered on the chain: register it, or correct the number",
      zh: "链上没有登记此资产编号的计量点：请先登记，或更正编号",
    });
  }
  const day = checkDay(row, facts, complain);
  const quality = QUALITY[row.quality];
  if (quality === undefined) {
    complain({
      en: `the quality "${shown(row.quality)}" is neither measured nor estimated`,
      zh: `数据质量“${shown(row.quality)}”须为“实测”（measured）或“估算”（estimated）`,
    });
  }
  if (meter !== undefined && day !== undefined) checkOnce(row, `${meter.id}/${day}`, places, complain);
  const values = checkValues(row, meter, complain);
  if (meter === undefined || day === undefined || quality === undefined || values === undefined) return undefined;
  return { meter: meter.id, day, quality, curve: curve(values) };
}

/** The day that a row names; undefined if it is no date. */
export function dayIn(date: string): Day | undefined {
  try {
    return parseDay(date);
  } catch {
    return undefined;
  }
}

function checkDay({ date }: RawReading, { today }: Facts, complain: Complain): Day | undefined {
  const day = dayIn(date);
  if (day === undefined) {
    complain({
      en: `"${shown(date)}" is not a date such as 2026-11-22`,
      zh: `“${shown(date)}”不是日期，应写作 2026-11-22`,
    });
    return undefined;
  }
  if (day < today) return day;
  complain({
    en: `${formatDay(day)} is not over yet: a day is reported after it has ended`,
    zh: `${formatDay(day)} 尚未结束：当日结束后方可上报`,
  });
  return undefined;
}

function checkOnce({ place }: RawReading, subject: string, places: Map<string, number>, complain: Complain): void {
  const before = places.get(subject);
  if (before === undefined) places.set(subject, place);
  else {
    complain({
      en: `the same meter and day stand at ${before} already`,
      zh: `同一计量点同一天的读数已在第 ${before} 处出现`,
    });
  }
}

function checkValues(
  { values }: RawReading,
  meter: RegisteredMeter | undefined,
  complain: Complain,
): number[] | undefined {
  if (values.length !== SLOTS) {
    complain({
      en: `there are ${values.length} values, not ${SLOTS}`,
      zh: `有 ${values.length} 个数值，应为 ${SLOTS} 个`,
    });
    return undefined;
  }
  const limit = meter === undefined ? LANE_LIMIT - 1 : Number(slotLimitWh(BigInt(meter.capacityW)));
  const checked: number[] = [];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const from = slot;
    while (slot < SLOTS && values[slot] === "") slot += 1;
    if (slot > from) complain({ en: "there is no value", zh: "缺少数值" }, { from, to: slot });
    if (slot === SLOTS) break;
    const text = values[slot]!;
    const wh = whOf(text);
    const wrong = wrongWith(text, wh, limit);
    if (wrong === undefined) checked.push(Number(wh));
    else complain(wrong, { from: slot, to: slot + 1 });
  }
  return checked.length === SLOTS ? checked : undefined;
}

function whOf(text: string): bigint | undefined {
  try {
    const value = parseDecimal(text, { exponents: true });
    return value.digits < 0n ? -1n : energyWh(value, "kWh", 15);
  } catch {
    return undefined;
  }
}

function wrongWith(text: string, wh: bigint | undefined, limit: number): Words | undefined {
  const value = shown(text);
  if (wh === undefined) return { en: `"${value}" is not a number`, zh: `“${value}”不是数值` };
  if (wh < 0n) {
    return {
      en: `${value} kWh is negative: a meter counts one direction, from 0 up`,
      zh: `${value} kWh 为负值：计量点只计一个方向，不小于 0`,
    };
  }
  if (wh <= BigInt(limit)) return undefined;
  return {
    en: `${value} kWh is more than the meter's capacity and a tenth allow in a quarter of an hour, ${limit} Wh`,
    zh: `${value} kWh 超过该计量点容量的 110% 在 15 分钟内所允许的 ${limit} Wh`,
  };
}

/** "Line 12, meter A-17, 10:15–10:30: …": where it is, in both languages. */
function problemOf(
  { place, meter }: RawReading,
  { format }: Facts,
  { en, zh }: Words,
  slots?: { from: number; to: number },
): Problem {
  const name = shown(meter);
  const time = slots === undefined ? undefined : slotsLabel(slots.from, slots.to);
  const words = {
    en: `${format === "csv" ? "Line" : "Reading"} ${place}, meter ${name}${time === undefined ? "" : `, ${time}`}: ${en}.`,
    zh: `第 ${place} ${format === "csv" ? "行" : "条读数"}，计量点 ${name}${time === undefined ? "" : `，${time}`}：${zh}。`,
  };
  return { place, meter: name, slot: slots?.from ?? null, words };
}
