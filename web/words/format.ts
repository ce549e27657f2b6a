import type { Language, Sentence } from "../../sdk/types/sentence.ts";
import type { BasisPoints, Fen, Price, Wh } from "../../sdk/types/units.ts";

/** A figure as people read it: number and unit, which stay on one line. */
export interface Amount {
  number: string;
  unit: string;
}

const YUAN: Sentence = { en: "CNY", zh: "元" };
const YUAN_PER_MWH: Sentence = { en: "CNY/MWh", zh: "元/MWh" };
/** Days are Shanghai's wherever the reader is. */
const ZONE = "Asia/Shanghai";

/** Money: always two decimals. */
export const yuan = (language: Language, fen: Fen): Amount => ({
  number: grouped(language, fen, { units: 2 }),
  unit: YUAN[language],
});

/** Energy of a slot or a small total. @param decimals as many at least; as many as there are where it is 0 */
export const kwh = (language: Language, wh: Wh, decimals = 0): Amount => ({
  number: grouped(language, wh, { units: 3, least: decimals }),
  unit: "kWh",
});

/** Energy of a day. */
export const mwh = (language: Language, wh: Wh): Amount => ({
  number: grouped(language, wh, { units: 6, least: 3 }),
  unit: "MWh",
});

export const yuanPerMwh = (language: Language, price: Price | bigint): Amount => ({
  number: grouped(language, BigInt(price), { units: 2 }),
  unit: YUAN_PER_MWH[language],
});

/** A rate: 385 is 3.85 %. */
export const percent = (language: Language, rate: BasisPoints): Amount => ({
  number: grouped(language, BigInt(rate), { units: 2 }),
  unit: "%",
});

export const count = (language: Language, number: number | bigint): string =>
  grouped(language, BigInt(number), { units: 0 });

/** An amount within a sentence. */
export const written = ({ number, unit }: Amount): string => (unit === "" ? number : `${number}\u00a0${unit}`);

/** "2026-11-30" where it stands in a sentence: its hyphens do not break. */
export const unbroken = (date: string): string => date.replaceAll("-", "\u2011");

/** "Monday, 30 November 2026", of a market date such as 2026-11-30. */
export const longDate = (language: Language, date: string): string =>
  dates(language, { dateStyle: "full" }).format(new Date(`${date}T00:00:00+08:00`));

/** "2026-11-30 14:05:30" in Shanghai, of a second of the chain. */
export const time = (second: number | bigint): string => shanghai(Number(second) * 1000);

/** The same of a moment that a service wrote down by people's clock, such as 2026-11-30T06:05:30.123Z. */
export const moment = (written: string): string => shanghai(Date.parse(written));

function shanghai(milliseconds: number): string {
  const at = new Date(milliseconds + 8 * 3600 * 1000).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}

/** Base units as decimal text with grouping: the text is made of the integer, and Intl takes it exactly. */
function grouped(
  language: Language,
  value: bigint,
  { units, least = units }: { units: number; least?: number },
): string {
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(units + 1, "0");
  const at = digits.length - units;
  const text = units === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
  return numbers(language, least, units).format((sign + text) as Intl.StringNumericLiteral);
}

const numberFormats = new Map<string, Intl.NumberFormat>();
function numbers(language: Language, minimumFractionDigits: number, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${language} ${minimumFractionDigits} ${maximumFractionDigits}`;
  const made = numberFormats.get(key);
  if (made !== undefined) return made;
  const format = new Intl.NumberFormat(localeOf(language), { minimumFractionDigits, maximumFractionDigits });
  numberFormats.set(key, format);
  return format;
}

const dates = (language: Language, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: ZONE });

const localeOf = (language: Language) => (language === "zh" ? "zh-CN" : "en-GB");
