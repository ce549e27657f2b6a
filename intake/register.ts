import { slotLimitWh } from "../sdk/metering/meter.ts";
import { type Decimal, exactUnits, parseDecimal } from "../sdk/types/decimal.ts";
import type { Sentence } from "../sdk/types/sentence.ts";
import { type Day, formatDay, parseDay } from "../sdk/types/time.ts";
import { LANE_LIMIT } from "../sdk/types/units.ts";
import { clock } from "./clock.ts";
import { type DayPick, type MappedMeter, type Mapping, MappingError } from "./mapping.ts";
import type { Problem } from "./problem.ts";
import type { Row, Table } from "./table.ts";

export const DAY_MINUTES = 1440;

/** The values of one date of one register while they are gathered, by their place in the day. */
export interface Gathering {
  source: Day;
  values: (Decimal | undefined)[];
  lines: (number | undefined)[];
}

/** A series of values in the file. */
export interface Register {
  meter: string;
  column: number;
  conditions: { column: number; is: string }[];
  status: { column: number; good: readonly string[] } | undefined;
  /** Whether values below 0 mean the other direction. */
  isSigned: boolean;
  gatherings: Map<Day, Gathering>;
  /** The last time that was read, as it is written. */
  last?: { written: number; text: string };
}

/** What the mapping calls a meter: one register, or several that are added up. */
export interface Meter extends Omit<MappedMeter, "registers"> {
  registers: Register[];
  ratio: Decimal;
  limitWh: number;
  picks: { source: Day; day: Day }[];
}

export function openMeter(meter: MappedMeter, mapping: Mapping, table: Table): Meter {
  const { layout } = mapping;
  const { scale, capacityKw, where, part, status } = meter;
  if (layout.rows === "days") requireRoom(layout, mapping, table);
  const capacityW = capacityKw === undefined ? undefined : exactUnits(parseDecimal(capacityKw), 3);
  if (capacityKw !== undefined && capacityW === undefined) {
    throw new MappingError({
      en: `The capacity of meter "${meter.meter}", ${capacityKw} kW, is finer than a watt.`,
      zh: `计量点“${meter.meter}”的容量 ${capacityKw} kW 精度超过 1 瓦。`,
    });
  }
  const limitWh = capacityW === undefined ? LANE_LIMIT - 1 : Number(slotLimitWh(capacityW));
  const registers = (meter.registers ?? [meter]).map((register): Register => {
    const conditions = meter.registers === undefined ? where : [...where, ...register.where];
    return {
      meter: meter.meter,
      column: table.find(layout.rows === "days" ? layout.firstColumn : (register.column ?? 0)),
      conditions: conditions.map(({ column, is }) => ({ column: table.find(column), is })),
      status: status === undefined ? undefined : { column: table.find(status.column), good: status.good },
      isSigned: part !== undefined,
      gatherings: new Map(),
    };
  });
  const ratio = parseDecimal(scale);
  return { ...meter, registers, ratio, limitWh: Math.min(limitWh, LANE_LIMIT - 1), picks: [] };
}

function requireRoom(
  { firstColumn, statuses }: Extract<Mapping["layout"], { rows: "days" }>,
  { resolutionMinutes }: Mapping,
  table: Table,
): void {
  const last = table.find(firstColumn) + (DAY_MINUTES / resolutionMinutes) * (statuses === undefined ? 1 : 2);
  if (last <= table.width) return;
  throw new MappingError({
    en: `The values of a day would reach to column ${last}, but the file has ${table.width} columns.`,
    zh: `一天的数值应到第 ${last} 列，而文件只有 ${table.width} 列。`,
  });
}

/** Makes room for the days that are asked for. */
export function ask(meters: readonly Meter[], days: readonly DayPick[], mapping: Mapping, problems: Problem[]): void {
  if (days.length === 0)
    problems.push({
      reason: {
        en: 'No day was asked for: name at least one under "days".',
        zh: '未指定任何日期：请在 "days" 下至少填写一个。',
      },
    });
  // A day of states begins and ends with one.
  const places = DAY_MINUTES / mapping.resolutionMinutes + (mapping.cumulative === undefined ? 0 : 1);
  const empty = () => new Array<undefined>(places).fill(undefined);
  for (const pick of days) {
    const source = parseDay(pick.source);
    const day = pick.as === undefined ? source : parseDay(pick.as);
    for (const name of pick.meters ?? []) {
      if (meters.some(({ meter }) => meter === name)) continue;
      problems.push({
        reason: {
          en: `Day ${pick.source} is asked for meter "${name}", which the mapping does not name.`,
          zh: `${pick.source} 指定了计量点“${name}”，而映射中没有该计量点。`,
        },
      });
    }
    for (const { meter, picks, registers } of meters) {
      if (pick.meters !== undefined && !pick.meters.includes(meter)) continue;
      if (picks.some((other) => other.day === day)) {
        problems.push({
          reason: {
            en: `Meter "${meter}" is asked for delivery day ${formatDay(day)} twice.`,
            zh: `计量点“${meter}”重复指定了交割日 ${formatDay(day)}。`,
          },
        });
      }
      picks.push({ source, day });
      for (const { gatherings } of registers) {
        if (!gatherings.has(source)) gatherings.set(source, { source, values: empty(), lines: empty() });
      }
    }
  }
}

/** Where a value belongs: midnight's state is the end of one day and the beginning of the next. */
export function placesOf({ gatherings }: Register, local: number, mapping: Mapping): [Gathering, number][] {
  const day = Math.floor(local / DAY_MINUTES);
  const inDay = local - day * DAY_MINUTES;
  const of = (source: Day, minute: number): [Gathering, number][] => {
    const gathering = gatherings.get(source);
    return gathering === undefined ? [] : [[gathering, minute / mapping.resolutionMinutes]];
  };
  const isState = mapping.cumulative !== undefined;
  return [...of(day, inDay), ...(isState && inDay === 0 ? of(day - 1, DAY_MINUTES) : [])];
}

/** A value as it stands in the file. */
export interface Written extends Pick<Row, "line"> {
  cell: string;
  /** How to go on about a second value for the same place. */
  again?: Sentence;
}

const NOTHING: Sentence = { en: "", zh: "" };

/** Puts a value in its place, or says why it cannot be one. */
export function take(
  { meter, isSigned }: Register,
  [gathering, place]: [Gathering, number],
  { line, cell, again = NOTHING }: Written,
  mapping: Mapping,
  problems: Problem[],
): void {
  const when = () => `${formatDay(gathering.source)} ${placeLabel(place, place + 1, mapping)}`;
  const reject = ({ en, zh }: Sentence) =>
    problems.push({ line, reason: { en: `Meter "${meter}" ${en}.`, zh: `计量点“${meter}”${zh}。` } });
  const earlier = gathering.lines[place];
  if (earlier !== undefined) {
    reject({
      en: `already has a reading for ${when()} on line ${earlier}${again.en}`,
      zh: `在第 ${earlier} 行已有 ${when()} 的读数${again.zh}`,
    });
    return;
  }
  gathering.lines[place] = line;
  const value = readValue(cell, mapping);
  if (value === undefined) {
    reject(
      cell.trim() === ""
        ? { en: `has no value for ${when()}`, zh: `在 ${when()} 没有数值` }
        : { en: `has "${cell}", which is not a number, for ${when()}`, zh: `在 ${when()} 的“${cell}”不是数字` },
    );
    return;
  }
  if (value.digits < 0n && !isSigned) {
    reject({
      en: `has the negative value ${cell.trim()} for ${when()}: a meter counts one direction, from 0 up`,
      zh: `在 ${when()} 的数值 ${cell.trim()} 为负：计量点只计一个方向，自 0 起`,
    });
    return;
  }
  gathering.values[place] = value;
}

/** "09:00–09:15", or "09:00" for a state. */
export function placeLabel(from: number, to: number, { resolutionMinutes, cumulative }: Mapping): string {
  const last = clock((cumulative === undefined ? to : to - 1) * resolutionMinutes);
  const first = clock(from * resolutionMinutes);
  return first === last ? first : `${first}–${last}`;
}

function readValue(cell: string, { decimalMark }: Mapping): Decimal | undefined {
  try {
    return parseDecimal(cell, { mark: decimalMark, exponents: true });
  } catch {
    return undefined;
  }
}
