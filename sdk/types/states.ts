/** Where a trade stands; the index is the number on chain. */
export const TRADE_STATUSES = ["None", "Open", "Settled", "Lapsed", "Ruled"] as const;
/** One of `TRADE_STATUSES`. */
export type TradeStatus = (typeof TRADE_STATUSES)[number];
/** Whether what the trade comes to is known for good. */
export const isTradeFinished = (status: TradeStatus): boolean => status === "Settled" || status === "Ruled";

/** What a payable is for; the index is the number on chain. */
export const PAYABLE_KINDS = ["Energy", "NetworkCharge", "DeviationCharge"] as const;
/** One of `PAYABLE_KINDS`. */
export type PayableKind = (typeof PAYABLE_KINDS)[number];

/** Where a payable stands; the index is the number on chain. */
export const PAYABLE_STATUSES = ["None", "Due", "Paid", "Assigned"] as const;
/** One of `PAYABLE_STATUSES`. */
export type PayableStatus = (typeof PAYABLE_STATUSES)[number];

/** Fate of a meter day; the index is the number on chain. */
export const DAY_STATES = ["None", "Reported", "Final", "Lapsed", "LateReported", "LateFinal"] as const;
/** One of `DAY_STATES`. */
export type DayState = (typeof DAY_STATES)[number];
/** Whether a version is in force that can still be objected to, replaced, accepted or finalised. */
export const isDayOpen = (state: DayState): boolean => state === "Reported" || state === "LateReported";
/** Whether the version in force is there for good. */
export const isDayFinal = (state: DayState): boolean => state === "Final" || state === "LateFinal";
/** Whether nothing came by the deadline, whatever came late. */
export const hasDayLapsed = (state: DayState): boolean =>
  state === "Lapsed" || state === "LateReported" || state === "LateFinal";

/** Where a reading comes from; the index is the number on chain. */
export const QUALITIES = ["Measured", "Estimated"] as const;
/** One of `QUALITIES`. */
export type Quality = (typeof QUALITIES)[number];

/** Why a leg or a sale was left out of a round; the index is the number on chain. */
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
  "PaymentTermsDiffer",
  "SameParty",
  "NotEligible",
  "NothingToFill",
  "ExceedsOrder",
  "ExceedsMaximum",
  "InsufficientBalance",
  "SecondFactorMissing",
] as const;
/** One of `SKIP_REASONS`. */
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Where a receivable stands; the index is the number on chain. */
export const RECEIVABLE_STATUSES = ["None", "Outstanding", "Defaulted", "Recovering", "WrittenOff", "Repaid"] as const;
/** One of `RECEIVABLE_STATUSES`. */
export type ReceivableStatus = (typeof RECEIVABLE_STATUSES)[number];

/** Where a draft of a claim stands; the index is the number on chain. */
export const DRAFT_STATUSES = ["None", "Drafted", "Confirmed", "Cancelled", "Refused"] as const;
/** One of `DRAFT_STATUSES`. */
export type DraftStatus = (typeof DRAFT_STATUSES)[number];

/** What a participant's record comes to; the index is the number on chain. */
export const GRADES = ["Unrated", "A", "B", "C", "D"] as const;
/** One of `GRADES`. */
export type Grade = (typeof GRADES)[number];

/** What a receivable says about its debtor; the index is the number on chain. */
export const CLAIM_MARKS = ["OnTime", "Late", "Default", "Arrears", "WrittenOff", "LeftOut"] as const;
/** One of `CLAIM_MARKS`. */
export type ClaimMark = (typeof CLAIM_MARKS)[number];

/** Where a request for financing stands; the index is the number on chain. */
export const REQUEST_STATUSES = ["None", "Open", "Financed", "Cancelled"] as const;
/** One of `REQUEST_STATUSES`. */
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** Where a bid on one stands; the index is the number on chain. */
export const BID_STATUSES = ["None", "Funded", "Accepted", "Released"] as const;
/** One of `BID_STATUSES`. */
export type BidStatus = (typeof BID_STATUSES)[number];

/** Where a participant stands; the index is the number on chain. */
export const PARTICIPANT_STATUSES = ["None", "Proposed", "Active", "Suspended", "Rejected"] as const;
/** One of `PARTICIPANT_STATUSES`. */
export type ParticipantStatus = (typeof PARTICIPANT_STATUSES)[number];

/** Size of a firm as it was registered; the index is the number on chain. */
export const FIRM_SIZES = ["Unspecified", "Micro", "Small", "Medium", "Large"] as const;
/** One of `FIRM_SIZES`. */
export type FirmSize = (typeof FIRM_SIZES)[number];

/** The name of a number on chain. */
export function nameOf<Name extends string>(names: readonly Name[], index: number): Name {
  const name = names[index];
  if (name === undefined) throw new RangeError(`There is no number ${index} among ${names.join(", ")}.`);
  return name;
}
