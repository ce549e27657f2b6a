// Generated from the contracts by `npm run codegen`. Do not edit.

/**
 * Best first; C is the watch list and D the blacklist of the market's credit classes. The index is the number on chain.
 */
export const GRADES = ["Unrated", "A", "B", "C", "D"] as const;
/** One of `GRADES`. */
export type Grade = (typeof GRADES)[number];

/** On which side of a trade a participant stood. The index is the number on chain. */
export const SIDES = ["Seller", "Buyer"] as const;
/** One of `SIDES`. */
export type Side = (typeof SIDES)[number];

/** What a debt shows about its debtor. The index is the number on chain. */
export const DEBT_MARKS = [
  /** Discharged by the last day of payment. */
  "OnTime",
  /** Discharged later. */
  "Late",
  /** Unpaid when grace ended, declared or not. */
  "Default",
  /** Unpaid for more than 60 days. */
  "Arrears",
  /** Written off with part of it unpaid. */
  "WrittenOff",
  /** Discharged on time, between affiliates: it counts for nothing. */
  "LeftOut",
] as const;
/** One of `DEBT_MARKS`. */
export type DebtMark = (typeof DEBT_MARKS)[number];
