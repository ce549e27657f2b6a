import { DujiangError } from "./errors.ts";

/** Thrown when a value is not a whole number of the range that was asked for. */
export class WholeError extends DujiangError {}

/**
 * The value itself, if it is whole and from 0 to `most`: typed arrays and conversions would cut others without a word.
 * @param what the value's name, with its unit
 * @throws WholeError otherwise, also for NaN and for what is no number
 */
export function whole<Value extends number | bigint>(value: Value, most: number | bigint, what: string): Value {
  const isWhole = typeof value === "bigint" || Number.isSafeInteger(value);
  if (isWhole && value >= 0 && value <= most) return value;
  throw new WholeError(`The ${what} is ${value}: it must be a whole number from 0 to ${most}.`);
}
