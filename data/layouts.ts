import {
  type Curve,
  formatDay,
  parseDay,
  SLOT_SECONDS,
  SLOTS,
  startOfDay,
  threePartCurve,
  valueAt,
} from "../sdk/index.ts";
import { formatDecimal } from "../sdk/types/decimal.ts";
import { clearSkyCurve } from "./rules/clearSky.ts";

/** The day of every made-up file. */
export const LAYOUT_DAY = parseDay("2026-11-20");
/** What they say, each in the way of other meters: a household, and the sun on its roof where there are two directions. */
export const LAYOUT_USE: Curve = threePartCurve(9_600n);
export const LAYOUT_SUN: Curve = clearSkyCurve(LAYOUT_DAY, 3_000);

const DATE = formatDay(LAYOUT_DAY);
const NEXT = formatDay(LAYOUT_DAY + 1);
const LABEL = [
  "# Made up to show a layout, not measured (see README.md).",
  "# 为演示文件格式而编造，并非实测数据（说明见 README.md）。",
  "# Written by: npx tsx data/generate.ts",
];
/** The value at which the registers of the cumulative file begin at 0 again, and the ratio of their transformers. */
const ROLLS_OVER_AT = 100_000;
const RATIO = 10;

/** Every made-up file by its name; the mapping beside it describes it. */
export function layoutFiles(): Map<string, string> {
  const files: Record<string, string[]> = {
    cumulative: cumulative(),
    "five-minutes": fiveMinutes(),
    "ten-minutes": tenMinutes(),
    nem12: records(),
    statuses: statuses(),
    net: net(),
    epoch: epoch(),
    "four-decimals": fourDecimals(),
  };
  return new Map(
    Object.entries(files).map(([name, rows]) => [`layouts/${name}.csv`, `${[...LABEL, ...rows].join("\n")}\n`]),
  );
}

/** Three registers by the price of the hour, one of which passes its last digit; a state each quarter of an hour. */
function cumulative(): string[] {
  const step = 10_000 / RATIO;
  // Ten thousandths of a kWh; the ratio makes whole Wh of them.
  const states = [99_999_9000, 512_4000, 20_313_7000];
  const rows = Array.from({ length: SLOTS + 1 }, (_, slot) => {
    const [date, minute] = slot === SLOTS ? [NEXT, 0] : [DATE, slot * 15];
    const row = [`${date} ${clock(minute)}`, ...states.map((state) => kWh(BigInt(state), 4))].join(",");
    if (slot < SLOTS) {
      const register = slot < 36 ? 0 : slot < 72 ? 1 : 2;
      states[register] = (states[register]! + (valueAt(LAYOUT_USE, slot) * step) / 1_000) % (ROLLS_OVER_AT * 10_000);
    }
    return row;
  });
  return ["time,valley,peak,flat", ...rows];
}

/** Tenths of a Wh, three of which make a quarter of an hour. */
function fiveMinutes(): string[] {
  const values = LAYOUT_USE.flatMap((wh) => {
    const each = Math.floor((wh * 10) / 3);
    return [each, each, wh * 10 - 2 * each];
  });
  return ["time,use", ...values.map((tenths, place) => `${DATE} ${clock(place * 5)},${kWh(BigInt(tenths), 4)}`)];
}

/** Of three values the middle one belongs half to each quarter of an hour. */
function tenMinutes(): string[] {
  const values = Array.from({ length: SLOTS / 2 }, (_, half) => {
    const [first, second] = [valueAt(LAYOUT_USE, 2 * half), valueAt(LAYOUT_USE, 2 * half + 1)];
    const shared = Math.floor(Math.min(first, second) / 3);
    return [first - shared, 2 * shared, second - shared];
  }).flat();
  return ["time,use", ...values.map((wh, place) => `${DATE} ${clock(place * 10)},${kWh(BigInt(wh), 3)}`)];
}

/** Records as Australian metering centres send them: whose the days are, the days, what is said about them. */
function records(): string[] {
  const day = DATE.replaceAll("-", "");
  const halves = (curve: Curve) =>
    Array.from({ length: SLOTS / 2 }, (_, half) =>
      kWh(BigInt(valueAt(curve, 2 * half) + valueAt(curve, 2 * half + 1)), 3),
    );
  const of = (register: string, curve: Curve) => [
    `200,MADEUP0001,E1B1,${register},${register},N1,METER1,kWh,30,`,
    `300,${day},${halves(curve).join(",")},A,,,${day}235959,`,
  ];
  return [
    `100,NEM12,${day}2359,MADEUP,MADEUP`,
    ...of("E1", LAYOUT_USE),
    `400,1,${SLOTS / 2},A,,`,
    ...of("B1", LAYOUT_SUN),
    `500,O,S01,${day}235959,`,
    "900",
  ];
}

/** A status behind each value. */
function statuses(): string[] {
  const heads = LAYOUT_USE.flatMap((_, slot) => [`P${slot + 1}`, `S${slot + 1}`]);
  const cells = LAYOUT_USE.flatMap((wh) => [kWh(BigInt(wh), 3), "0"]);
  return [`date,${heads.join(",")}`, `${DATE},${cells.join(",")}`];
}

/** Above 0 what the household draws, below 0 what its roof feeds in. */
function net(): string[] {
  const rows = LAYOUT_USE.map((wh, slot) => kWh(BigInt(wh - valueAt(LAYOUT_SUN, slot)), 3));
  return ["time,net", ...rows.map((value, slot) => `${DATE} ${clock(slot * 15)},${value}`)];
}

function epoch(): string[] {
  const start = startOfDay(LAYOUT_DAY);
  return ["second,use", ...LAYOUT_USE.map((wh, slot) => `${start + slot * SLOT_SECONDS},${wh}`)];
}

/** Half a Wh less and four tenths more round to the same. */
function fourDecimals(): string[] {
  const tenths = LAYOUT_USE.map((wh, slot) => wh * 10 + (slot % 2 === 0 ? -5 : 4));
  return ["time,use", ...tenths.map((value, slot) => `${DATE} ${clock(slot * 15)},${kWh(BigInt(value), 4)}`)];
}

function kWh(units: bigint, decimals: number): string {
  return formatDecimal(units, decimals).replaceAll(",", "");
}

/** 555 -> "09:15". */
export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
