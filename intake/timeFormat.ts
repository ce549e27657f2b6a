import { DujiangError } from "../sdk/types/errors.ts";
import { dayFromDate } from "../sdk/types/time.ts";

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
}

type Field = "year" | "month" | "date" | "hour" | "half" | "minute" | "second" | "offset";

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
  "*": { pattern: ".*" },
};
const TOKEN = new RegExp(
  Object.keys(TOKENS)
    .map((token) => token.replace("*", "\\*"))
    .join("|"),
  "g",
);

/** A parser for a format of the tokens above; any other character stands for itself. Undefined: the text does not fit. */
export function timeFormat(format: string): {
  fields: ReadonlySet<Field>;
  parse: (text: string) => ClockTime | undefined;
} {
  const fields: Field[] = [];
  let pattern = "";
  let end = 0;
  for (const match of format.matchAll(TOKEN)) {
    const token = TOKENS[match[0]];
    pattern += literal(format.slice(end, match.index)) + (token?.pattern ?? "");
    if (token?.field !== undefined) {
      if (fields.includes(token.field)) {
        throw new TimeFormatError(`"${format}" reads the ${token.field} twice: write * for what is to be passed over.`);
      }
      fields.push(token.field);
    }
    end = match.index + match[0].length;
  }
  const expression = new RegExp(`^${pattern}${literal(format.slice(end))}$`);
  return {
    fields: new Set(fields),
    parse: (text) => {
      const match = expression.exec(text.trim());
      return match === null
        ? undefined
        : clockTime(new Map(fields.map((field, index) => [field, match[index + 1] ?? ""])));
    },
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
    time.offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
  }
  return time;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
