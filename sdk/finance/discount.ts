import { DujiangError } from "../types/errors.ts";
import { divideHalfUp } from "../types/rounding.ts";
import type { BasisPoints, Fen } from "../types/units.ts";

/** Thrown when a claim would be sold for nothing or less. */
export class DiscountError extends DujiangError {}

/** A year of 360 days in basis points. */
const BP_DAYS = 3_600_000n;

/** What a bank pays today for a claim due in `days`: face x (1 - rate x days / 360), rounded half up. */
export function discountPrice(face: Fen, rateBp: BasisPoints, days: number): Fen {
  const left = BP_DAYS - BigInt(rateBp) * BigInt(days);
  const price = left > 0n ? divideHalfUp(face * left, BP_DAYS) : 0n;
  if (price <= 0n) {
    throw new DiscountError(
      `${face} fen due in ${days} days would be sold for nothing at ${rateBp} basis points a year: lower the rate or the days.`,
    );
  }
  return price;
}
