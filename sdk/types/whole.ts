import { DujiangError } from "./errors.ts";
import type { Sentence } from "./sentence.ts";

/** Thrown when a value is not a whole number of the range that was asked for. */
export class WholeError extends DujiangError {}

/**
 * The value itself, if it is whole and from 0 to `most`: typed arrays and conversions would cut others without a word.
 * @param what the value's name, with its unit
 * @throws WholeError otherwise, also for NaN and for what is no number
 */
export function whole<Value extends number | bigint>(value: Value, most: number | bigint, what: Sentence): Value {
  const isWhole = typeof value === "bigint" || Number.isSafeInteger(value);
  if (isWhole && value >= 0 && value <= most) return value;
  throw new WholeError({
    en: `The ${what.en} is ${value}: it must be a whole number from 0 to ${most}.`,
    zh: `${what.zh}为 ${value}：须为 0 至 ${most} 的整数。`,
  });
}
