// Generated from the contracts by `npm run codegen`. Do not edit.

/** Over which period a deviation is taken. The index is the number on chain. */
export const DEVIATION_PERIODS = [
  /** The class of source is exempt. */
  "Exempt",
  "Slot",
  "Day",
] as const;
/** One of `DEVIATION_PERIODS`. */
export type DeviationPeriod = (typeof DEVIATION_PERIODS)[number];

/** Who receives a deviation charge. The index is the number on chain. */
export const DEVIATION_PAYEES = ["Buyer", "BalancingAccount"] as const;
/** One of `DEVIATION_PAYEES`. */
export type DeviationPayee = (typeof DEVIATION_PAYEES)[number];

/** What a nonce is of. Each kind has nonces of its own, on each delivery day. The index is the number on chain. */
export const NONCE_KINDS = ["SellOrder", "BuyOrder", "Trade"] as const;
/** One of `NONCE_KINDS`. */
export type NonceKind = (typeof NONCE_KINDS)[number];

/** Where a trade stands. The index is the number on chain. */
export const TRADE_STATUSES = [
  "None",
  /** Money is held. */
  "Open",
  /** Delivered energy is paid, or owed on terms. */
  "Settled",
  /** Nothing was metered in time: holds are released, the obligation stays. */
  "Lapsed",
  /** An arbiter divided the holds. */
  "Ruled",
] as const;
/** One of `TRADE_STATUSES`. */
export type TradeStatus = (typeof TRADE_STATUSES)[number];

/** Why a leg or a sale was left out of a round. The index is the number on chain. */
export const SKIP_REASONS = [
  "None",
  "InvalidBands",
  "WrongTotals",
  "InvalidSignature",
  "Expired",
  "Cancelled",
  "TraderNotGood",
  "MeterNotTradable",
  "PaymentTermTooLong",
  "StaleFill",
  "StalePosition",
  "AboveCapacity",
  "UnknownPrice",
  "BuyOrderSkipped",
  "SameParty",
  "NotEligible",
  "NothingToFill",
  "ExceedsOrder",
  "ExceedsMaximum",
  /** More than what is locked as margin, or may still be bought on terms. */
  "InsufficientMargin",
  "BuyerInDefault",
  /** An order for the auction alone, in a continuous match. */
  "NotContinuous",
  /** Certificates would go with it for one side only, or the plant gets none. */
  "CertificatesDiffer",
  /** Less than a lot, or nothing to pay at a price above zero. */
  "BelowLeast",
] as const;
/** One of `SKIP_REASONS`. */
export type SkipReason = (typeof SKIP_REASONS)[number];
