import { slotLimitWh } from "../sdk/metering/meter.ts";
import { type Curve, curve } from "../sdk/types/curve.ts";
import { type Decimal, exactUnits, parseDecimal } from "../sdk/types/decimal.ts";
import { type Day, formatDay, parseDay, SLOTS, slotsLabel } from "../sdk/types/time.ts";
import { LANE_LIMIT } from "../sdk/types/units.ts";
import { energyWh, splitEvenly } from "./energy.ts";
import { type DayPick, type MappedMeter, type Mapping, MappingError } from "./mapping.ts";
import { IntakeRejected, type Problem } from "./problem.ts";
import { readTable, type Table } from "./table.ts";
import { timeFormat } from "./timeFormat.ts";
import { changesClock, clockMinute, type Zone, zoneOf } from "./zone.ts";

/** One day of one meter, as it is reported. */
export interface MeterDay {
  meter: string;
  direction: MappedMeter["direction"];
  /** The delivery day. */
  day: Day;
  /** The date of the file that it was read from. */
  source: Day;
  curve: Curve;
}

/** The readings of one date of one meter while they are gathered. */
interface Gathering {
  source: Day;
  values: (number | undefined)[];
  lines: (number | undefined)[];
}

interface Register extends MappedMeter {
  valueColumn: number;
  conditions: { column: number; is: string }[];
  ratio: Decimal;
  limitWh: number;
  picks: { source: Day; day: Day }[];
  gatherings: Map<Day, Gathering>;
}

const DAY = 1440;

/**
 * Takes the days asked for out of a CSV file, all of them or none.
 * Rows of other dates are passed over; a row that cannot be placed in time or has another number of cells than the header
 * rejects the file all the same, because it might belong to a day asked for.
 * @param days instead of the days of the mapping
 * @throws IntakeRejected with every reason found
 */
export function readMeterDays(
  csv: Uint8Array | string,
  mapping: Mapping,
  days: DayPick[] = mapping.days ?? [],
): MeterDay[] {
  const table = readTable(csv, mapping);
  const problems: Problem[] = [];
  const registers = mapping.meters.map((meter) => openRegister(meter, mapping, table));
  ask(registers, days, problems);
  if (mapping.layout.rows === "days") gatherDays(table, mapping, registers, problems);
  else gatherIntervals(table, mapping, registers, problems);
  const zone = zoneOf(mapping.zone);
  for (const register of registers) checkComplete(register, mapping, zone, problems);
  if (problems.length > 0) throw new IntakeRejected(problems);
  return registers.flatMap(({ meter, direction, picks, gatherings }) =>
    picks.map(({ source, day }) => ({
      meter,
      direction,
      day,
      source,
      curve: curve(gatherings.get(source)?.values.map((value) => value ?? Number.NaN) ?? []),
    })),
  );
}

function openRegister(meter: MappedMeter, mapping: Mapping, table: Table): Register {
  const { layout } = mapping;
  const valueColumn = table.find(layout.rows === "days" ? layout.firstColumn : (meter.column ?? 0));
  const last = valueColumn + (layout.rows === "days" ? DAY / mapping.resolutionMinutes : 1);
  if (last > table.width) {
    throw new MappingError(
      `The values of a day would reach to column ${last}, but the file has ${table.width} columns.`,
    );
  }
  const capacityW = meter.capacityKw === undefined ? undefined : exactUnits(parseDecimal(meter.capacityKw), 3);
  if (meter.capacityKw !== undefined && capacityW === undefined) {
    throw new MappingError(`The capacity of meter "${meter.meter}", ${meter.capacityKw} kW, is finer than a watt.`);
  }
  const limitWh = capacityW === undefined ? LANE_LIMIT - 1 : Number(slotLimitWh(capacityW));
  return {
    ...meter,
    valueColumn,
    conditions: meter.where.map(({ column, is }) => ({ column: table.find(column), is })),
    ratio: parseDecimal(meter.scale),
    limitWh: Math.min(limitWh, LANE_LIMIT - 1),
    picks: [],
    gatherings: new Map(),
  };
}

function ask(registers: Register[], days: DayPick[], problems: Problem[]): void {
  if (days.length === 0) problems.push({ reason: 'No day was asked for: name at least one under "days".' });
  for (const pick of days) {
    const source = parseDay(pick.source);
    const day = pick.as === undefined ? source : parseDay(pick.as);
    for (const name of pick.meters ?? []) {
      if (registers.some(({ meter }) => meter === name)) continue;
      problems.push({ reason: `Day ${pick.source} is asked for meter "${name}", which the mapping does not name.` });
    }
    for (const register of registers) {
      if (pick.meters !== undefined && !pick.meters.includes(register.meter)) continue;
      if (register.picks.some((other) => other.day === day)) {
        problems.push({ reason: `Meter "${register.meter}" is asked for delivery day ${formatDay(day)} twice.` });
      }
      register.picks.push({ source, day });
      if (register.gatherings.has(source)) continue;
      const empty = () => new Array<number | undefined>(SLOTS).fill(undefined);
      register.gatherings.set(source, { source, values: empty(), lines: empty() });
    }
  }
}

function gatherIntervals(table: Table, mapping: Mapping, registers: Register[], problems: Problem[]): void {
  if (mapping.layout.rows !== "intervals") return;
  const { time, date } = mapping.layout;
  const columns = time.columns.map(table.find);
  const { parse } = timeFormat(time.format);
  const zone = zoneOf(mapping.zone);
  const writtenIn = mapping.writtenIn === undefined ? undefined : zoneOf(mapping.writtenIn);
  const fixedDay = date === undefined ? undefined : parseDay(date);

  for (const { line, cells } of table.rows) {
    if (!hasWidth(cells, table.width, line, problems)) continue;
    const matching = registers.filter((register) => matches(register, cells));
    if (matching.length === 0) continue;
    const text = columns.map((column) => cells[column]).join(" ");
    const { day = fixedDay, minute, offset } = parse(text) ?? {};
    if (day === undefined || minute === undefined) {
      problems.push({ line, reason: `"${text}" is not a time of the form ${time.format}.` });
      continue;
    }
    const written = day * DAY + minute;
    let local = written;
    if (offset !== undefined) local = clockMinute(zone, written - offset);
    else if (writtenIn !== undefined) local = clockMinute(zone, instant(writtenIn, written));
    const start = time.marks === "end" ? local - mapping.resolutionMinutes : local;
    const source = Math.floor(start / DAY);
    const inDay = start - source * DAY;
    for (const register of matching) {
      const gathering = register.gatherings.get(source);
      if (gathering === undefined) continue;
      if (inDay % mapping.resolutionMinutes !== 0) {
        problems.push({
          line,
          reason: `"${text}" is not the ${time.marks} of an interval of ${mapping.resolutionMinutes} minutes.`,
        });
        continue;
      }
      take(register, gathering, inDay / 15, cells[register.valueColumn] ?? "", line, mapping, problems);
    }
  }
}

function gatherDays(table: Table, mapping: Mapping, registers: Register[], problems: Problem[]): void {
  if (mapping.layout.rows !== "days") return;
  const { date } = mapping.layout;
  const columns = date.columns.map(table.find);
  const { parse } = timeFormat(date.format);
  const slots = mapping.resolutionMinutes / 15;

  for (const { line, cells } of table.rows) {
    if (!hasWidth(cells, table.width, line, problems)) continue;
    const matching = registers.filter((register) => matches(register, cells));
    if (matching.length === 0) continue;
    const text = columns.map((column) => cells[column]).join(" ");
    const source = parse(text)?.day;
    if (source === undefined) {
      problems.push({ line, reason: `"${text}" is not a date of the form ${date.format}.` });
      continue;
    }
    for (const register of matching) {
      const gathering = register.gatherings.get(source);
      if (gathering === undefined) continue;
      const earlier = gathering.lines.find((other) => other !== undefined);
      if (earlier !== undefined) {
        problems.push({
          line,
          reason: `Meter "${register.meter}" already has ${formatDay(source)} on line ${earlier}.`,
        });
        continue;
      }
      for (let slot = 0; slot < SLOTS; slot += slots) {
        take(register, gathering, slot, cells[register.valueColumn + slot / slots] ?? "", line, mapping, problems);
      }
    }
  }
}

/** Puts the value of one interval in its slots, or says why it cannot be one. */
function take(
  register: Register,
  gathering: Gathering,
  slot: number,
  cell: string,
  line: number,
  mapping: Mapping,
  problems: Problem[],
): void {
  const slots = mapping.resolutionMinutes / 15;
  const interval = `${formatDay(gathering.source)} ${slotsLabel(slot, slot + slots)}`;
  const reject = (reason: string) => problems.push({ line, reason: `Meter "${register.meter}" ${reason}.` });
  const earlier = gathering.lines[slot];
  if (earlier !== undefined) {
    reject(`already has a reading for ${interval} on line ${earlier}`);
    return;
  }
  gathering.lines.fill(line, slot, slot + slots);
  const wh = readWh(cell, register, mapping);
  if (wh === undefined) {
    reject(`has ${cell.trim() === "" ? "no value" : `"${cell}", which is not a number,`} for ${interval}`);
    return;
  }
  if (wh < 0n) {
    reject(`has the negative value ${cell.trim()} for ${interval}: a meter counts one direction, from 0 up`);
    return;
  }
  const split = splitEvenly(wh, slots);
  if (wh > BigInt(register.limitWh) * BigInt(slots)) {
    const most =
      register.capacityKw === undefined ? "a slot can hold" : `its ${register.capacityKw} kW and a tenth allow`;
    reject(
      `has ${cell.trim()} ${mapping.unit} for ${interval}, ${split[0]} Wh a slot: ${most} ${register.limitWh} Wh at most`,
    );
    return;
  }
  split.forEach((value, index) => {
    gathering.values[slot + index] = value;
  });
}

function readWh(
  cell: string,
  { ratio }: Register,
  { decimalMark, unit, resolutionMinutes }: Mapping,
): bigint | undefined {
  const text = cell.trim();
  // With a decimal comma a point would be a thousands separator, and a guess at it would be wrong by a thousand.
  if (decimalMark === "," && text.includes(".")) return undefined;
  try {
    return energyWh(decimalMark === "," ? text.replace(",", ".") : text, unit, resolutionMinutes, ratio);
  } catch {
    return undefined;
  }
}

function checkComplete(register: Register, mapping: Mapping, zone: Zone, problems: Problem[]): void {
  for (const { source, lines } of register.gatherings.values()) {
    const line = lines.find((other) => other !== undefined);
    const date = formatDay(source);
    const name = `Meter "${register.meter}"`;
    if (line === undefined) {
      problems.push({ reason: `${name} has no reading for ${date} in this file.` });
      continue;
    }
    if (changesClock(zone, source)) {
      const reason = `${name} cannot be read on ${date}: ${mapping.zone} changes its clock on that day, so it has no 96 quarter-hours.`;
      problems.push({ line, reason });
      continue;
    }
    for (let slot = 0; slot < SLOTS; slot += 1) {
      if (lines[slot] !== undefined) continue;
      const from = slot;
      while (slot < SLOTS && lines[slot] === undefined) slot += 1;
      // The reading before a gap is where a person looks for it; a gap at midnight is looked for at the first reading.
      const reason = `${name} has no reading for ${date} ${slotsLabel(from, slot)}.`;
      problems.push({ line: from === 0 ? line : (lines[from - 1] ?? line), reason });
    }
  }
}

function hasWidth(cells: readonly string[], width: number, line: number, problems: Problem[]): boolean {
  if (cells.length === width) return true;
  problems.push({ line, reason: `The row has ${cells.length} columns where ${width} were expected.` });
  return false;
}

function matches({ conditions }: Register, cells: readonly string[]): boolean {
  return conditions.every(({ column, is }) => cells[column]?.trim() === is);
}

/** The instant at which a zone's clock shows a time; where the clock is put back it is the later one of the two. */
function instant(zone: Zone, written: number): number {
  const guess = written - zone(written);
  return written - zone(guess);
}
