import { plainText } from "../sdk/types/decimal.ts";
import { DujiangError } from "../sdk/types/errors.ts";
import { type Day, dayFromDate } from "../sdk/types/time.ts";
import { offsetOf } from "./zone.ts";

/** Thrown when a format reads the same part of a time twice. */
export class TimeFormatError extends DujiangError {}

/** What a time text says; what its format leaves out is undefined. */
export interface ClockTime {
  /** Days since 1970-01-01 of the calendar date written. */
  day?: number;
  /** Minutes since midnight, up to 1440 for 24:00. */
  minute?: number;
  /** Whole minutes ahead of UTC, where the text carries its offset. */
  offset?: number;
  /** Minutes since 1970 in UTC, where the text counts from there. */
  instant?: number;
}

/** How times are written. */
export interface TimeFormat {
  fields: ReadonlySet<Field>;
  /** Undefined: the text does not fit. */
  parse: (text: string) => ClockTime | undefined;
  /** The date within a text whose time cannot be read, which shows whether it matters. */
  dateIn: (text: string) => Day | undefined;
}

type Field = "year" | "month" | "date" | "hour" | "half" | "minute" | "second" | "offset" | "seconds" | "milliseconds";

interface Token {
  field?: Field;
  pattern: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Longest first, as they are matched in this order. */
const TOKENS: Readonly<Record<string, Token>> = {
  yyyy: { field: "year", pattern: "(\\d{4})" },
  yy: { field: "year", pattern: "(\\d{2})" },
  MMM: { field: "month", pattern: "([A-Za-z]{3})" },
  MM: { field: "month", pattern: "(\\d{2})" },
  M: { field: "month", pattern: "(\\d{1,2})" },
  dd: { field: "date", pattern: "(\\d{2})" },
  d: { field: "date", pattern: "(\\d{1,2})" },
  HH: { field: "hour", pattern: "(\\d{2})" },
  H: { field: "hour", pattern: "(\\d{1,2})" },
  hh: { field: "hour", pattern: "(\\d{2})" },
  h: { field: "hour", pattern: "(\\d{1,2})" },
  mm: { field: "minute", pattern: "(\\d{2})" },
  ss: { field: "second", pattern: "(\\d{2})" },
  a: { field: "half", pattern: "([AaPp][Mm]|上午|下午)" },
  XXX: { field: "offset", pattern: "(Z|[+-]\\d{2}:?\\d{2})" },
  // Digits enough for times from 1973 on, so that seconds are not taken for milliseconds.
  X: { field: "seconds", pattern: "(\\d{9,11})(?:\\.0*)?" },
  x: { field: "milliseconds", pattern: "(\\d{12,14})(?:\\.0*)?" },
  "*": { pattern: ".*" },
};
const TOKEN = new RegExp(
  Object.keys(TOKENS)
    .map((token) => token.replace("*", "\\*"))
    .join("|"),
  "g",
);

const DATE_FIELDS: ReadonlySet<Field | undefined> = new Set<Field>(["year", "month", "date"]);

/** A reader for a format of the tokens above; any other character stands for itself. */
export function timeFormat(written: string): TimeFormat {
  const format = plainText(written);
  const fields: Field[] = [];
  let pattern = "";
  let end = 0;
  /** The part of the format from its first to its last field of a date, if it is in one piece. */
  let date: string | undefined = "";
  const dateFields: Field[] = [];
  for (const match of format.matchAll(TOKEN)) {
    const token = TOKENS[match[0]];
    const before = literal(format.slice(end, match.index));
    pattern += before + (token?.pattern ?? "");
    if (token?.field !== undefined) {
      if (fields.includes(token.field)) {
        throw new TimeFormatError({
          en: `"${format}" reads the ${token.field} twice: write * for what is to be passed over.`,
          zh: `“${format}”重复读取 ${token.field}：应略过的部分请写 *。`,
        });
      }
      const isDate = DATE_FIELDS.has(token.field);
      if (isDate && dateFields.length > 0 && !DATE_FIELDS.has(fields.at(-1))) date = undefined;
      if (isDate && date !== undefined) date += (dateFields.length > 0 ? before : "") + token.pattern;
      if (isDate) dateFields.push(token.field);
      fields.push(token.field);
    }
    end = match.index + match[0].length;
  }
  const expression = new RegExp(`^${pattern}${literal(format.slice(end))}$`);
  const dated = dateFields.length < 3 || date === undefined ? undefined : new RegExp(`(?<!\\d)${date}(?!\\d)`);
  const read = (expression: RegExp | undefined, fields: readonly Field[], text: string) => {
    const match = expression?.exec(plainText(text)) ?? null;
    return match === null
      ? undefined
      : clockTime(new Map(fields.map((field, index) => [field, match[index + 1] ?? ""])));
  };
  return {
    fields: new Set(fields),
    parse: (text) => read(expression, fields, text),
    dateIn: (text) => read(dated, dateFields, text)?.day,
  };
}

function clockTime(texts: ReadonlyMap<Field, string>): ClockTime | undefined {
  const time: ClockTime = {};
  const number = (field: Field) => Number(texts.get(field) ?? "0");
  if (texts.has("year")) {
    const year = number("year");
    const month = texts.get("month") ?? "";
    const named = MONTHS.indexOf(month.toLowerCase());
    const day = dayFromDate(year < 100 ? 2000 + year : year, named >= 0 ? named + 1 : Number(month), number("date"));
    if (day === undefined) return undefined;
    time.day = day;
  }
  if (texts.has("hour")) {
    const half = texts.get("half");
    let hour = number("hour");
    if (half !== undefined) {
      if (hour < 1 || hour > 12) return undefined;
      hour = (hour % 12) + (/^p|下午/i.test(half) ? 12 : 0);
    }
    const minute = hour * 60 + number("minute");
    if (number("minute") > 59 || number("second") > 59 || minute > 1440) return undefined;
    time.minute = minute + number("second") / 60;
    if (time.minute > 1440) return undefined;
  }
  const offset = texts.get("offset");
  if (offset !== undefined) {
    const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
    time.offset = offsetOf(sign, hours, minutes);
    if (time.offset === undefined) return undefined;
  }
  if (texts.has("seconds")) time.instant = number("seconds") / 60;
  if (texts.has("milliseconds")) time.instant = number("milliseconds") / 60_000;
  return time;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
