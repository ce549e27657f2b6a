/** Adjustment of settled trades to corrected readings. */
export {
  type AdjustArguments,
  AdjustError,
  buildAdjust,
  type DayAdjustment,
  readOutcomes,
  type TradeAdjustment,
  type VersionedOutcome,
} from "./adjust.ts";
