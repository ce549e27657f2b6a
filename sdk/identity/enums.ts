// Generated from the contracts by `npm run codegen`. Do not edit.

/** Where a subject stands with one second factor. The index is the number on chain. */
export const CONFIRMATIONS = [
  "None",
  "Given",
  /** Used up, by a subject that is used only once. */
  "Used",
] as const;
/** One of `CONFIRMATIONS`. */
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** What a participant may be, by its bit on chain. */
export const KINDS = {
  generator: 1 << 0,
  consumer: 1 << 1,
  retailer: 1 << 2,
  aggregator: 1 << 3,
  gridCompany: 1 << 4,
  bank: 1 << 5,
  specialPurposeVehicle: 1 << 6,
  auditor: 1 << 7,
  balancingAccount: 1 << 8,
  supplier: 1 << 9,
} as const;
/** One of `KINDS`. */
export type Kind = keyof typeof KINDS;
