import { formatDay, LAST_DAY, SLOTS, slotLabel, startOfDay } from "./time.ts";
import { formatKwh, formatPercent, formatYuan, formatYuanPerMwh } from "./units.ts";

/** A sentence with values for its names in braces, each in the unit that its name says or that stands behind it. */
export function fillIn(sentence: string, values: Readonly<Record<string, unknown>>): string {
  return sentence.replace(/\{(\w+)(?::(\w+))?\}/g, (_, key: string, unit = "") => shown(key + unit, values[key]));
}

/** A value with the unit that its name says. */
function shown(name: string, value: unknown): string {
  if (typeof value !== "bigint" && typeof value !== "number") return String(value);
  if (DAYS.has(name) || name.endsWith("Day")) return shownDay(Number(value));
  if (name.endsWith("Fen")) return formatYuan(BigInt(value));
  if (name.endsWith("Wh")) return formatKwh(BigInt(value));
  if (name.endsWith("Bp")) return formatPercent(Number(value));
  if (name === "slot") return Number(value) < SLOTS ? slotLabel(Number(value)) : String(value);
  if (PRICES.has(name)) return formatYuanPerMwh(Number(value));
  if (TIMES.has(name)) return shownTime(value);
  return String(value);
}

const DAYS = new Set(["day", "today", "earliest", "latest", "validUntil"]);
const PRICES = new Set(["price", "limit", "floor", "cap"]);
const TIMES = new Set([
  "expiry",
  "deadline",
  "from",
  "opensAt",
  "closesAt",
  "until",
  "due",
  "defaultsAt",
  "arrearsAt",
  "completableAt",
]);

/** A date; a number of days that no calendar reaches stays one, because its caller may choose any number. */
function shownDay(day: number): string {
  return day <= LAST_DAY ? formatDay(day) : String(day);
}

/** A second as clocks in Shanghai show it; 0 stands for none. */
function shownTime(unixSeconds: bigint | number): string {
  if (BigInt(unixSeconds) === 0n) return "–";
  if (unixSeconds >= startOfDay(LAST_DAY)) return String(unixSeconds);
  // Its own day begins eight hours after Greenwich's, so that the UTC notation of the shifted second is Shanghai's.
  return new Date((Number(unixSeconds) - startOfDay(0)) * 1000).toISOString().slice(0, 16).replace("T", " ");
}
