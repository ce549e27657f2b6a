import { addDecimals, type Decimal, formatDecimal, parseDecimal } from "../sdk/types/decimal.ts";
import type { Sentence } from "../sdk/types/sentence.ts";
import { type Day, formatDay, SLOTS } from "../sdk/types/time.ts";
import { energyWh, splitEvenly } from "./energy.ts";
import type { Mapping } from "./mapping.ts";
import type { Problem } from "./problem.ts";
import { DAY_MINUTES, type Gathering, type Meter, placeLabel, type Register } from "./register.ts";
import { changesClock, type Zone } from "./zone.ts";

const SLOT_MINUTES = 15;
const ZERO: Decimal = { digits: 0n, decimals: 0 };

/** The Wh per slot of a meter's date; what is missing or too much is put among the problems. */
export function slotsOf(meter: Meter, source: Day, mapping: Mapping, zone: Zone, problems: Problem[]): number[] {
  const gatherings = meter.registers.map((register) => register.gatherings.get(source));
  for (const [index, gathering] of gatherings.entries()) {
    if (!isThere(meter.registers[index]!, gathering, source, mapping, zone, problems)) return [];
  }
  const series = gatherings.map((gathering) => energies(meter.meter, gathering!, mapping, problems));
  const values = Array.from({ length: DAY_MINUTES / mapping.resolutionMinutes }, (_, place) => {
    const all = series.map((values) => values[place]);
    if (!all.every((value) => value !== undefined)) return undefined;
    return partOf(meter, all.reduce(addDecimals));
  });
  const line = (place: number) => gatherings[0]?.lines[mapping.cumulative === undefined ? place : place + 1];
  return inSlots(values, meter, source, mapping, (reason, place) => {
    const at = line(place);
    problems.push({ ...(at === undefined ? {} : { line: at }), reason });
  });
}

/** Of a series with both directions, what flows in this one. */
function partOf({ part }: Meter, value: Decimal): Decimal {
  if (part === undefined) return value;
  const own = part === "positive" ? value.digits : -value.digits;
  return own > 0n ? { ...value, digits: own } : ZERO;
}

/** Exact values of intervals; of states, their differences. */
function energies(
  meter: string,
  { source, values, lines }: Gathering,
  mapping: Mapping,
  problems: Problem[],
): (Decimal | undefined)[] {
  const { cumulative } = mapping;
  if (cumulative === undefined) return values;
  const full = cumulative.rollsOverAt === undefined ? undefined : parseDecimal(cumulative.rollsOverAt);
  return values.slice(1).map((state, place) => {
    const before = values[place];
    if (before === undefined || state === undefined) return undefined;
    const difference = minus(state, before);
    const when = () => `${formatDay(source)} ${placeLabel(place + 1, place + 2, mapping)}`;
    const line = lines[place + 1] ?? 0;
    const reject = ({ en, zh }: Sentence) =>
      problems.push({ line, reason: { en: `Meter "${meter}" ${en}.`, zh: `计量点“${meter}”${zh}。` } });
    if (full !== undefined && (minus(full, state).digits <= 0n || minus(full, before).digits <= 0n)) {
      reject({
        en: `has ${shown(state)} at ${when()}, but its register begins again at ${shown(full)}`,
        zh: `在 ${when()} 的示值为 ${shown(state)}，而其计度器在 ${shown(full)} 处归零`,
      });
      return undefined;
    }
    if (difference.digits >= 0n) return difference;
    if (full !== undefined) return addDecimals(difference, full);
    reject({
      en: `counts back from ${shown(before)} to ${shown(state)} at ${when()}: if its register began at 0 again, say at which value under "rollsOverAt"; if the meter was exchanged, the day cannot be read`,
      zh: `在 ${when()} 的示值从 ${shown(before)} 倒退到 ${shown(state)}：若计度器归零，请在 "rollsOverAt" 填写归零值；若更换过电表，则该日无法读取`,
    });
    return undefined;
  });
}

type Complain = (reason: Sentence, place: number) => void;

/**
 * Blocks of intervals that begin and end with slots. Those within one slot are added up exactly and rounded once; those that
 * cover slots are rounded once and split. Of three intervals of ten minutes, the middle one lies half in each slot.
 */
function inSlots(
  values: readonly (Decimal | undefined)[],
  meter: Meter,
  source: Day,
  mapping: Mapping,
  complain: Complain,
): number[] {
  const { unit, resolutionMinutes } = mapping;
  const blockMinutes = blockOf(resolutionMinutes);
  const [length, blockSlots] = [blockMinutes / resolutionMinutes, blockMinutes / SLOT_MINUTES];
  const result: number[] = [];
  for (let place = 0; place < values.length; place += length) {
    const block = values.slice(place, place + length);
    if (!block.every((value) => value !== undefined)) continue;
    const total = block.reduce(addDecimals);
    const scaled = (value: Decimal): Decimal => ({
      digits: value.digits * meter.ratio.digits,
      decimals: value.decimals + meter.ratio.decimals,
    });
    const wh = energyWh(scaled(total), unit, resolutionMinutes);
    let split: number[];
    if (length > 1 && blockSlots > 1) {
      const [first = ZERO, middle = ZERO] = block;
      const twice = addDecimals(addDecimals(first, first), middle);
      const earlier = energyWh(scaled(twice), unit, resolutionMinutes, 2n);
      split = [Number(earlier), Number(wh - earlier)];
    } else split = splitEvenly(wh, blockSlots);
    if (Math.max(...split) > meter.limitWh) {
      const { capacityKw } = meter;
      const most =
        capacityKw === undefined
          ? { en: "a slot can hold", zh: "一个时段最多" }
          : { en: `its ${capacityKw} kW and a tenth allow`, zh: `按其 ${capacityKw} kW 容量加一成最多` };
      const when = `${formatDay(source)} ${placeLabel(place, place + length, { ...mapping, cumulative: undefined })}`;
      complain(
        {
          en: `Meter "${meter.meter}" has ${shown(total)} ${unit} for ${when}, ${Math.max(...split)} Wh a slot: ${most.en} ${meter.limitWh} Wh at most.`,
          zh: `计量点“${meter.meter}”在 ${when} 为 ${shown(total)} ${unit}，每时段 ${Math.max(...split)} Wh：${most.zh} ${meter.limitWh} Wh。`,
        },
        place,
      );
    }
    result.push(...split);
  }
  return result;
}

/** The shortest stretch that begins and ends both with intervals and with slots. */
function blockOf(resolutionMinutes: number): number {
  let minutes = SLOT_MINUTES;
  while (minutes % resolutionMinutes !== 0) minutes += SLOT_MINUTES;
  return minutes;
}

/** Whether every place of a register's date is filled, on a day that has them all. */
function isThere(
  { meter }: Register,
  gathering: Gathering | undefined,
  source: Day,
  mapping: Mapping,
  zone: Zone,
  problems: Problem[],
): boolean {
  const name = { en: `Meter "${meter}"`, zh: `计量点“${meter}”` };
  const date = formatDay(source);
  const lines = gathering?.lines ?? [];
  const line = lines.find((other) => other !== undefined);
  if (line === undefined) {
    problems.push({
      reason: {
        en: `${name.en} has no reading for ${date} in this file.`,
        zh: `此文件中没有${name.zh} ${date} 的读数。`,
      },
    });
    return false;
  }
  if (changesClock(zone, source)) {
    const reason = {
      en: `${name.en} cannot be read on ${date}: ${mapping.zone} changes its clock on that day, so it has no ${SLOTS} quarter-hours.`,
      zh: `无法读取${name.zh} ${date} 的读数：${mapping.zone} 当日调整时钟，不足或超过 ${SLOTS} 个时段。`,
    };
    problems.push({ line, reason });
    return false;
  }
  for (let place = 0; place < lines.length; place += 1) {
    if (lines[place] !== undefined) continue;
    const from = place;
    while (place < lines.length && lines[place] === undefined) place += 1;
    // The reading before a gap is where a person looks for it; a gap at midnight is looked for at the first reading.
    const when = `${date} ${placeLabel(from, place, mapping)}`;
    const reason = { en: `${name.en} has no reading for ${when}.`, zh: `没有${name.zh} ${when} 的读数。` };
    problems.push({ line: from === 0 ? line : (lines[from - 1] ?? line), reason });
  }
  return true;
}

const minus = (left: Decimal, right: Decimal): Decimal => addDecimals(left, { ...right, digits: -right.digits });
const shown = ({ digits, decimals }: Decimal) => formatDecimal(digits, decimals, 0).replaceAll(",", "");
