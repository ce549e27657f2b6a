import type { Sentence } from "../sdk/types/sentence.ts";
import { type Day, formatDay, parseDay } from "../sdk/types/time.ts";
import type { Mapping } from "./mapping.ts";
import type { Problem } from "./problem.ts";
import { DAY_MINUTES, placesOf, type Register, take } from "./register.ts";
import type { Row, Table } from "./table.ts";
import { type TimeFormat, timeFormat } from "./timeFormat.ts";
import { clockMinute, type Zone, zoneOf } from "./zone.ts";

type Layout<Rows extends Mapping["layout"]["rows"]> = Extract<Mapping["layout"], { rows: Rows }>;

/** What a time of an interval is. */
const MARKED = {
  moment: { en: "a moment on the grid", zh: "间隔的整点时刻" },
  start: { en: "the start of an interval", zh: "区间的起点" },
  end: { en: "the end of an interval", zh: "区间的终点" },
};

/** What is wrong with a row, wherever it stands. */
interface Misfit extends Problem {
  index: number;
}

/** Puts the values of every row that is an interval into their places. */
export function gatherIntervals(
  table: Table,
  mapping: Mapping,
  layout: Layout<"intervals">,
  registers: readonly Register[],
  problems: Problem[],
): void {
  const columns = layout.time.columns.map(table.find);
  const format = timeFormat(layout.time.format);
  const localOf = localTimes(mapping, layout, format);
  const isAsked = askedOf(registers, mapping);
  const { resolutionMinutes } = mapping;
  const { marks } = layout.time;
  const misfits: Misfit[] = [];
  const placed: number[] = [];

  table.rows.forEach(({ line, cells }, index) => {
    const text = textOf(columns, cells);
    const read = localOf(text);
    if (read === undefined) {
      // What is of another day need not be readable.
      const date = format.dateIn(text);
      const isOther = date !== undefined && [date, ...neighbours(mapping, format, date)].every((day) => !isAsked(day));
      if (isOther || (cells.length === table.width && matching(registers, cells).length === 0)) return;
      misfits.push({
        index,
        line,
        reason: {
          en: `"${text}" is not a time of the form ${layout.time.format}.`,
          zh: `“${text}”不是 ${layout.time.format} 形式的时间。`,
        },
      });
      return;
    }
    placed.push(index);
    const { written } = read;
    const local = marks === "end" ? read.local - resolutionMinutes : read.local;
    const day = Math.floor(local / DAY_MINUTES);
    const isMidnight = read.local % DAY_MINUTES === 0;
    if (!isAsked(day) && !(isMidnight && isAsked(day + 1))) {
      for (const register of matching(registers, cells)) register.last = { written, text };
      return;
    }
    if (!hasWidth(cells, table.width, line, problems)) return;
    for (const register of matching(registers, cells)) {
      const before = register.last;
      register.last = { written, text };
      const stepsBack =
        marks === "end" &&
        layout.time.dateOf === undefined &&
        before?.written === written + DAY_MINUTES - resolutionMinutes;
      if (stepsBack) {
        const reason = {
          en: `The time steps back from "${before.text}" to "${text}": if the date is that of an interval's start, set "dateOf" to "start" under "time"; if it is that of its end and rows are out of order, to "end".`,
          zh: `时间从“${before.text}”退回“${text}”：若日期是区间起点的日期，请在 "time" 下将 "dateOf" 设为 "start"；若是终点的日期而行序有误，请设为 "end"。`,
        };
        problems.push({ line, reason });
      }
      const places = placesOf(register, stepsBack ? local + DAY_MINUTES : local, mapping);
      if (places.length === 0) continue;
      if (local % resolutionMinutes !== 0) {
        const what = MARKED[marks];
        const reason = {
          en: `"${text}" is not ${what.en} of ${resolutionMinutes} minutes.`,
          zh: `“${text}”不是 ${resolutionMinutes} 分钟${what.zh}。`,
        };
        problems.push({ line, reason });
        continue;
      }
      checkStatus(register, cells, line, problems);
      // Clocks are put back by hours; a step of a day is the same day again.
      const isBack = before !== undefined && written < before.written && before.written - written < DAY_MINUTES / 2;
      const again = isBack
        ? {
            en: `: the time steps back there, from "${before.text}" to "${text}", as where a clock is put back`,
            zh: `：此处时间从“${before.text}”退回“${text}”，如同时钟拨回`,
          }
        : undefined;
      for (const place of places)
        take(
          register,
          place,
          { line, cell: cells[register.column] ?? "", ...(again !== undefined && { again }) },
          mapping,
          problems,
        );
    }
  });
  report(misfits, placed, problems);
}

/** Puts the values of every row that is a day into their places. */
export function gatherDays(
  table: Table,
  mapping: Mapping,
  layout: Layout<"days">,
  registers: readonly Register[],
  problems: Problem[],
): void {
  const columns = layout.date.columns.map(table.find);
  const format = timeFormat(layout.date.format);
  const isAsked = askedOf(registers, mapping);
  const values = DAY_MINUTES / mapping.resolutionMinutes;
  const step = layout.statuses === undefined ? 1 : 2;
  const passedOver = new Set(layout.passOver.map(table.find));
  const misfits: Misfit[] = [];
  const placed: number[] = [];

  dayRows(table, layout, problems).forEach(({ line, cells, head }, index) => {
    const text = textOf(columns, cells);
    const source = format.parse(text)?.day;
    if (source === undefined) {
      const hasWidth = layout.records !== undefined || cells.length === table.width;
      if (hasWidth && matching(registers, head).length === 0) return;
      misfits.push({
        index,
        line,
        reason: {
          en: `"${text}" is not a date of the form ${layout.date.format}.`,
          zh: `“${text}”不是 ${layout.date.format} 形式的日期。`,
        },
      });
      return;
    }
    placed.push(index);
    if (!isAsked(source)) return;
    if (layout.records === undefined && !hasWidth(cells, table.width, line, problems)) return;
    for (const register of matching(registers, head)) {
      const begins = (day: Day) => register.gatherings.get(day)?.lines[0];
      const earlier = begins(source);
      if (earlier !== undefined) {
        const reason = {
          en: `Meter "${register.meter}" already has ${formatDay(source)} on line ${earlier}.`,
          zh: `计量点“${register.meter}”在第 ${earlier} 行已有 ${formatDay(source)}。`,
        };
        problems.push({ line, reason });
        continue;
      }
      checkStatus(register, cells, line, problems);
      if (register.gatherings.has(source)) {
        const end = register.column + values * step;
        const beyond = cells.flatMap((cell, at) =>
          at >= end && cell.trim() !== "" && !passedOver.has(at) ? [at] : [],
        );
        if (beyond.length > 0) problems.push({ line, reason: beyondTheDay(beyond, end, table, mapping) });
      }
      for (let place = 0; place < values; place += 1) {
        const at = register.column + place * step;
        const local = source * DAY_MINUTES + place * mapping.resolutionMinutes;
        const places = placesOf(register, local, mapping);
        if (places.length === 0) continue;
        if (layout.statuses !== undefined) checkText(register, cells, at + 1, layout.statuses, line, problems);
        for (const to of places) take(register, to, { line, cell: cells[at] ?? "" }, mapping, problems);
      }
    }
  });
  report(misfits, placed, problems);
}

interface DayRow extends Row {
  /** The cells that say whose row it is. */
  head: readonly string[];
}

/** The rows that are days; of records, those with values, each with the record above that says whose they are. */
function dayRows({ rows }: Table, { records }: Layout<"days">, problems: Problem[]): DayRow[] {
  if (records === undefined) return rows.map((row) => ({ ...row, head: row.cells }));
  let head: readonly string[] | undefined;
  return rows.flatMap(({ line, cells }): DayRow[] => {
    const kind = (cells[0] ?? "").trim();
    if (kind === records.head) head = cells;
    if (kind === records.values && head !== undefined) return [{ line, cells, head }];
    if (kind === records.values) {
      problems.push({
        line,
        reason: {
          en: `This record "${kind}" stands below no record "${records.head}" that says whose it is.`,
          zh: `记录“${kind}”之上没有说明其归属的记录“${records.head}”。`,
        },
      });
    } else if (kind !== records.head && !records.passOver.includes(kind)) {
      const reason = {
        en: `The mapping does not say what the record "${kind}" is: name it under "passOver" of "records" if it holds no values of a day.`,
        zh: `映射未说明记录“${kind}”是什么：若其不含一天的数值，请填在 "records" 的 "passOver" 下。`,
      };
      problems.push({ line, reason });
    }
    return [];
  });
}

function beyondTheDay(beyond: readonly number[], end: number, table: Table, { resolutionMinutes }: Mapping): Sentence {
  const name = (at: number) => `${at + 1}${table.header[at] === undefined ? "" : ` "${table.header[at]}"`}`;
  const [first = end] = beyond;
  const more =
    beyond.length > 1
      ? { en: ` and ${beyond.length - 1} more hold`, zh: `及另外 ${beyond.length - 1} 列` }
      : { en: " holds", zh: "" };
  const values = DAY_MINUTES / resolutionMinutes;
  return {
    en: `Column ${name(first)}${more.en} something beyond the end of the day: its ${values} values of ${resolutionMinutes} minutes end with column ${name(end - 1)}. If it is a value, correct "resolutionMinutes"; if not, name the column under "passOver".`,
    zh: `第 ${name(first)} 列${more.zh}在一天结束之后仍有内容：${resolutionMinutes} 分钟一个的 ${values} 个数值到第 ${name(end - 1)} 列为止。若为数值，请更正 "resolutionMinutes"；若不是，请将该列填在 "passOver" 下。`,
  };
}

/** A reader of times: where a text lies on the clock of the zone and on its own, in minutes since 1970. */
function localTimes(mapping: Mapping, { time, date }: Layout<"intervals">, { parse }: TimeFormat) {
  const zone = zoneOf(mapping.zone);
  const writtenIn = mapping.writtenIn === undefined ? undefined : zoneOf(mapping.writtenIn);
  const fixedDay = date === undefined ? undefined : parseDay(date);
  // The end of a profile's day can only be its last.
  const dateOf = fixedDay === undefined ? time.dateOf : "start";
  return (text: string): { local: number; written: number } | undefined => {
    const { day = fixedDay, minute, offset, instant: counted } = parse(text) ?? {};
    if (counted !== undefined) return { local: clockMinute(zone, counted), written: counted };
    if (day === undefined || minute === undefined) return undefined;
    const isLast = time.marks === "end" && dateOf === "start" && minute === 0;
    const written = (isLast ? day + 1 : day) * DAY_MINUTES + minute;
    if (offset !== undefined) return { local: clockMinute(zone, written - offset), written };
    if (writtenIn !== undefined) return { local: clockMinute(zone, instant(writtenIn, written)), written };
    return { local: written, written };
  };
}

/** Days into which a zone may move a time of a date that is written in another. */
function neighbours({ writtenIn }: Mapping, { fields }: TimeFormat, date: Day): Day[] {
  return writtenIn === undefined && !fields.has("offset") ? [] : [date - 1, date + 1];
}

/** Whether anything of a day is asked for; of states also the first of the day after. */
function askedOf(registers: readonly Register[], { cumulative }: Mapping): (day: Day) => boolean {
  const asked = new Set(registers.flatMap(({ gatherings }) => [...gatherings.keys()]));
  return (day) => asked.has(day) || (cumulative !== undefined && asked.has(day - 1));
}

/** What stands above the first row or below the last is most often no row at all, and can be left out. */
function report(misfits: readonly Misfit[], placed: readonly number[], problems: Problem[]): void {
  const [first, last] = [placed[0], placed.at(-1)];
  for (const { index, line, reason } of misfits) {
    let advice: Sentence = { en: "", zh: "" };
    if (last !== undefined && index > last) {
      advice = {
        en: ' It stands below the last reading: if the file ends with such lines, count them under "footerLines".',
        zh: '该行在最后一个读数之下：若文件末尾有此类行，请将行数填在 "footerLines"。',
      };
    } else if (first !== undefined && index < first) {
      advice = {
        en: ' It stands above the first reading: if such lines are no rows, count them under "skipLines" or "headerRows".',
        zh: '该行在第一个读数之上：若此类行不是数据，请将行数填在 "skipLines" 或 "headerRows"。',
      };
    }
    const whole = { en: reason.en + advice.en, zh: reason.zh + advice.zh };
    problems.push({ ...(line === undefined ? {} : { line }), reason: whole });
  }
}

function textOf(columns: readonly number[], cells: readonly string[]): string {
  return columns.map((column) => (cells[column] ?? "").trim()).join(" ");
}

function hasWidth(cells: readonly string[], width: number, line: number, problems: Problem[]): boolean {
  if (cells.length === width) return true;
  problems.push({
    line,
    reason: {
      en: `The row has ${cells.length} columns where ${width} were expected.`,
      zh: `该行有 ${cells.length} 列，应为 ${width} 列。`,
    },
  });
  return false;
}

function checkStatus(register: Register, cells: readonly string[], line: number, problems: Problem[]): void {
  const { status } = register;
  if (status !== undefined) checkText(register, cells, status.column, status.good, line, problems);
}

function checkText(
  { meter }: Register,
  cells: readonly string[],
  column: number,
  good: readonly string[],
  line: number,
  problems: Problem[],
): void {
  const text = (cells[column] ?? "").trim();
  if (good.includes(text)) return;
  const reason = {
    en: `Meter "${meter}" has the status "${text}" in column ${column + 1}, which is none of the good ones: ${good.map((one) => `"${one}"`).join(", ")}.`,
    zh: `计量点“${meter}”在第 ${column + 1} 列的状态“${text}”不属于正常状态：${good.map((one) => `“${one}”`).join("、")}。`,
  };
  problems.push({ line, reason });
}

function matching(registers: readonly Register[], cells: readonly string[]): Register[] {
  return registers.filter(({ conditions }) => conditions.every(({ column, is }) => cells[column]?.trim() === is));
}

/** The instant at which a zone's clock shows a time; where the clock is put back it is the later one of the two. */
function instant(zone: Zone, written: number): number {
  const guess = written - zone(written);
  return written - zone(guess);
}
