// Generated from the contracts by `npm run codegen`. Do not edit.

/** Where a draft of a claim stands. The index is the number on chain. */
export const DRAFT_STATUSES = [
  "None",
  /** Waits for the debtor. */
  "Drafted",
  /** The debtor has confirmed: it is a receivable, for good. */
  "Confirmed",
  /** Withdrawn by the supplier before it was confirmed. */
  "Cancelled",
  /** Turned down by the debtor. */
  "Refused",
] as const;
/** One of `DRAFT_STATUSES`. */
export type DraftStatus = (typeof DRAFT_STATUSES)[number];

/** Where a request for financing stands. The index is the number on chain. */
export const REQUEST_STATUSES = ["None", "Open", "Financed", "Cancelled"] as const;
/** One of `REQUEST_STATUSES`. */
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** Where a bid on a request stands. The index is the number on chain. */
export const BID_STATUSES = [
  "None",
  /** Money is held. */
  "Funded",
  "Accepted",
  /** Money is free again. */
  "Released",
] as const;
/** One of `BID_STATUSES`. */
export type BidStatus = (typeof BID_STATUSES)[number];
