// Generated from the contracts by `npm run codegen`. Do not edit.

/** Which amount of a trade. The index is the number on chain. */
export const TRADE_AMOUNTS = ["Energy", "NetworkCharge", "DeviationCharge"] as const;
/** One of `TRADE_AMOUNTS`. */
export type TradeAmount = (typeof TRADE_AMOUNTS)[number];
