import { DujiangError } from "./errors.ts";

/** The exact number digits / 10^decimals; decimals is never negative. */
export interface Decimal {
  digits: bigint;
  decimals: number;
}

/** Thrown when a text is not a plain decimal number. */
export class DecimalError extends DujiangError {}

/** Beyond this an exponent is a typing error, and the digits would fill the memory. */
const MAX_EXPONENT = 40;
const MAX_LENGTH = 100;

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const SCIENTIFIC = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads decimal text without ever passing through a binary float.
 * `scientific` also admits what programs write for small numbers ("5e-05").
 */
export function parseDecimal(text: string, notation: "plain" | "scientific" = "plain"): Decimal {
  const match = text.length > MAX_LENGTH ? null : (notation === "plain" ? PLAIN : SCIENTIFIC).exec(text);
  if (match === null) {
    throw new DecimalError(`"${text.slice(0, MAX_LENGTH)}" is not a decimal number such as 401.20.`);
  }
  const [, sign, whole = "", fraction = "", power = "0"] = match;
  const exponent = Number(power);
  if (Math.abs(exponent) > MAX_EXPONENT) {
    throw new DecimalError(`"${text}" has an exponent beyond ±${MAX_EXPONENT}.`);
  }
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const decimals = fraction.length - exponent;
  return decimals >= 0 ? { digits, decimals } : { digits: digits * 10n ** BigInt(-decimals), decimals: 0 };
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
