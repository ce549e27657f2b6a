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
  whole(face, 2n ** 128n - 1n, "face in fen");
  whole(rateBp, 2 ** 32 - 1, "rate in basis points a year");
  whole(days, LONGEST_DAYS, "number of days to the due day");
  const left = BP_DAYS - BigInt(rateBp) * BigInt(days);
  const price = left > 0n ? divideHalfUp(face * left, BP_DAYS) : 0n;
  if (price <= 0n) {
    throw new DiscountError(
      `${face} fen due in ${days} days would be sold for nothing at ${rateBp} basis points a year: lower the rate or the days.`,
    );
  }
  return price;
}
