import { DujiangError } from "../types/errors.ts";
import { divideHalfUp } from "../types/rounding.ts";
import type { BasisPoints, Fen } from "../types/units.ts";
import { whole } from "../types/whole.ts";

/** Thrown when a claim would be sold for nothing or less. */
export class DiscountError extends DujiangError {}

/** As in `Discount.sol`: no receivable runs longer than a year. */
const LONGEST_DAYS = 365;
/** A year of 360 days in basis points. */
const BP_DAYS = 3_600_000n;

/**
 * What a bank pays today for a claim due in `days`: face x (1 - rate x days / 360), rounded half up. It takes what the
 * chain takes: a face below 2^128, a rate below 2^32 and at most 365 days.
 * @throws DiscountError if nothing is left to pay
 * @throws WholeError for other values
 */
export function discountPrice(face: Fen, rateBp: BasisPoints, days: number): Fen {
  whole(face, 2n ** 128n - 1n, { en: "face in fen", zh: "面额（分）" });
  whole(rateBp, 2 ** 32 - 1, { en: "rate in basis points a year", zh: "年贴现率（基点）" });
  whole(days, LONGEST_DAYS, { en: "number of days to the due day", zh: "距到期日的天数" });
  const left = BP_DAYS - BigInt(rateBp) * BigInt(days);
  const price = left > 0n ? divideHalfUp(face * left, BP_DAYS) : 0n;
  if (price <= 0n) {
    throw new DiscountError({
      en: `${face} fen due in ${days} days would be sold for nothing at ${rateBp} basis points a year: lower the rate or the days.`,
      zh: `${days} 天后到期的 ${face} 分按年贴现率 ${rateBp} 个基点计算，价款为零：请降低贴现率或缩短期限。`,
    });
  }
  return price;
}
