import { divideHalfUp } from "../types/rounding.ts";
import { DAY_SECONDS } from "../types/time.ts";
import type { BasisPoints, Fen } from "../types/units.ts";

/** Days on end on which the same amount was unpaid. */
export interface LateStretch {
  unpaidFen: Fen;
  days: number;
}

/** A year of 360 days in basis points. */
const BP_DAYS = 10_000n * 360n;

/**
 * The late fee over all stretches in which a debt was late: unpaid amount x annual rate x days / 360, added up exactly and
 * rounded half up once. What was reduced was never owed: leave it out of every stretch.
 */
export function lateFee(rateBp: BasisPoints, stretches: readonly LateStretch[]): Fen {
  const accrued = stretches.reduce((sum, { unpaidFen, days }) => sum + unpaidFen * BigInt(rateBp) * BigInt(days), 0n);
  return divideHalfUp(accrued, BP_DAYS);
}

/** Days late that have begun since the first second that is late. */
export function daysLate(lateFrom: number, now: number): number {
  return now < lateFrom ? 0 : Math.floor((now - lateFrom) / DAY_SECONDS) + 1;
}
