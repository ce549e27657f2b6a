import { divideHalfUp } from "../types/rounding.ts";
import { DAY_SECONDS } from "../types/time.ts";
import type { BasisPoints, Fen } from "../types/units.ts";
import { whole } from "../types/whole.ts";

/** Days on end on which the same amount was unpaid. */
export interface LateStretch {
  unpaidFen: Fen;
  days: number;
}

/** A year of 360 days in basis points. */
const BP_DAYS = 10_000n * 360n;
const UINT32 = 2 ** 32 - 1;
const UINT128 = 2n ** 128n - 1n;

/**
 * The late fee over all stretches in which a debt was late: unpaid amount x annual rate x days / 360, added up exactly and
 * rounded half up once. What was reduced was never owed: leave it out of every stretch.
 * @throws WholeError unless amounts, rate and days are whole numbers from 0 that the chain can hold
 */
export function lateFee(rateBp: BasisPoints, stretches: readonly LateStretch[]): Fen {
  const rate = BigInt(whole(rateBp, UINT32, { en: "rate in basis points a year", zh: "年费率（基点）" }));
  const accrued = stretches.reduce(
    (sum, { unpaidFen, days }) =>
      sum +
      whole(unpaidFen, UINT128, { en: "unpaid amount in fen", zh: "未付金额（分）" }) *
        rate *
        BigInt(whole(days, UINT32, { en: "number of days late", zh: "逾期天数" })),
    0n,
  );
  return divideHalfUp(accrued, BP_DAYS);
}

/** Days late that have begun since the first second that is late; both are whole Unix seconds. */
export function daysLate(lateFrom: number, now: number): number {
  whole(lateFrom, Number.MAX_SAFE_INTEGER, { en: "first second that is late", zh: "逾期起始秒" });
  whole(now, Number.MAX_SAFE_INTEGER, { en: "second now", zh: "当前秒" });
  return now < lateFrom ? 0 : Math.floor((now - lateFrom) / DAY_SECONDS) + 1;
}
