// Generated from the contracts by `npm run codegen`. Do not edit.

/** What a debt is for. The index is the number on chain. */
export const DEBT_CODES = [
  "None",
  /** Energy of a settled trade, payable by its payment term. */
  "EnergyOnTerms",
  /** Energy of a meter day that became final after it had lapsed: its holds were released, and it is owed at once. */
  "LateInvoice",
  /** Network charge of such a day. */
  "NetworkCharge",
  /** Deviation charge of such a day. */
  "DeviationCharge",
  /** What a corrected reading changes about one amount of a settled trade. */
  "Adjustment",
  /** What a supplier drafted by a VAT invoice and its debtor confirmed. */
  "ConfirmedClaim",
  /** Deviation of a month. */
  "MonthlyDeviation",
  /** A wholesale statement. */
  "Statement",
  /** A called guarantee. */
  "Guarantee",
  /** What an award obliges to pay. */
  "Award",
  /** What a seller with recourse pays to take a claim back. */
  "BuyBack",
  /** An instalment of an agreed schedule. */
  "Instalment",
] as const;
/** One of `DEBT_CODES`. */
export type DebtCode = (typeof DEBT_CODES)[number];

/** Where a debt stands. The index is the number on chain. */
export const DEBT_STATUSES = [
  "None",
  /** Not in default, whether or not it is due. */
  "Outstanding",
  /** Unpaid after due day and grace. */
  "Defaulted",
  /** In default, and the creditor, a holder of units or their pledgee pursues the debtor (追偿). */
  "Recovering",
  /** Nothing more is expected (核销). The debtor owes as before, and later payments are paid out as before. */
  "WrittenOff",
  /** Paid, set off or reduced to nothing (清偿), late or not. */
  "Discharged",
] as const;
/** One of `DEBT_STATUSES`. */
export type DebtStatus = (typeof DEBT_STATUSES)[number];
