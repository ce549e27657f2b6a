import { DujiangError } from "./errors.ts";

/** The exact number digits / 10^decimals; decimals is never negative. */
export interface Decimal {
  digits: bigint;
  decimals: number;
}

/** Thrown when a text is not a decimal number. */
export class DecimalError extends DujiangError {}

/** How a decimal number is written. */
export interface Notation {
  /** What stands before the decimals; the other one is no part of a number. */
  mark?: "." | ",";
  /** Whether the exponents that programs write ("5e-05") are read, too. */
  exponents?: boolean;
}

/** Beyond this an exponent is a typing error, and the digits would fill the memory. */
const MAX_EXPONENT = 40;
const MAX_LENGTH = 100;

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** From "！" to "～": the full-width forms of ASCII, this far above it. */
const FULL_WIDTH = 0xfee0;
const SIGNS: Readonly<Record<string, string>> = { "\u2212": "-", "\ufe63": "-", "\ufe62": "+", "\u3000": " " };

/** A text with digits, signs and letters of full width (５，－) as their plain forms, and without spaces around it. */
export function plainText(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH))
    .replace(/[\u2212\ufe62\ufe63\u3000]/g, (sign) => SIGNS[sign] ?? sign)
    .trim();
}

/**
 * Reads decimal text, the one reader for every door: without ever passing through a binary float, with or without a digit
 * before or behind the mark (".5", "5."), with digits and signs of full width. Separators of thousands are refused, because
 * a guess at which mark they are would be wrong by a thousand.
 * @throws DecimalError if the text is no such number
 */
export function parseDecimal(text: string, { mark = ".", exponents = false }: Notation = {}): Decimal {
  const plain = plainText(text);
  const marked = mark === "." ? plain : plain.replace(/[.,]/g, (found) => (found === "," ? "." : ","));
  const match = plain.length > MAX_LENGTH ? null : NUMBER.exec(marked);
  const [, sign, whole = "", fraction = "", power] = match ?? [];
  if (match === null || whole + fraction === "" || (power !== undefined && !exponents)) {
    throw new DecimalError({
      en: `"${text.slice(0, MAX_LENGTH)}" is not a decimal number such as 401${mark}20.`,
      zh: `“${text.slice(0, MAX_LENGTH)}”不是十进制数，应如 401${mark}20。`,
    });
  }
  const exponent = Number(power ?? "0");
  if (Math.abs(exponent) > MAX_EXPONENT) {
    throw new DecimalError({
      en: `"${text}" has an exponent beyond ±${MAX_EXPONENT}.`,
      zh: `“${text}”的指数超出 ±${MAX_EXPONENT}。`,
    });
  }
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const decimals = fraction.length - exponent;
  return decimals >= 0 ? { digits, decimals } : { digits: digits * 10n ** BigInt(-decimals), decimals: 0 };
}

/** left + right, exactly. */
export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const decimals = Math.max(left.decimals, right.decimals);
  const raised = ({ digits, decimals: has }: Decimal) => digits * 10n ** BigInt(decimals - has);
  return { digits: raised(left) + raised(right), decimals };
}

/** The number as a count of units of 10^-decimals; undefined when it is finer than that unit. */
export function exactUnits({ digits, decimals: has }: Decimal, decimals: number): bigint | undefined {
  if (has <= decimals) return digits * 10n ** BigInt(decimals - has);
  const step = 10n ** BigInt(has - decimals);
  return digits % step === 0n ? digits / step : undefined;
}

/** Writes units of 10^-decimals with thousands separators and at least `least` decimals ("1,234.5"). */
export function formatDecimal(units: bigint, decimals: number, least: number = decimals): string {
  const absolute = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = absolute.slice(0, absolute.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  let fraction = absolute.slice(absolute.length - decimals);
  while (fraction.length > least && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
