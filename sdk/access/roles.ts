// Generated from the contracts by `npm run codegen`. Do not edit.

/** Role ids of the platform's AccessManager: those of contracts/access/Roles.sol, and its own two. */
export const ROLES = {
  /** AccessManager's own admin: the consortium's council. */
  ADMIN: 0n,
  /** Proposes and approves participants; the two are never the same person for one participant. */
  REGISTRAR: 1n,
  /** Suspends and reinstates participants. */
  COMPLIANCE: 2n,
  /** Registers meters and reports their curves: the grid company's metering department. */
  METER_OPERATOR: 3n,
  /** Submits the clearing of a round: the power exchange. */
  MARKET_OPERATOR: 4n,
  /** Publishes rule sets, zones and windows. */
  RULE_MAKER: 5n,
  /**
   * Settlement banks: each issues to its own customers, freezes their deposits on a court's order and lets them move.
   */
  BANK: 6n,
  /** Freezes one subject for a bounded time and rules on it. */
  ARBITER: 7n,
  /** Cancels what holders of other roles have scheduled. Only the admin closes a target. */
  GUARDIAN: 8n,
  /** Contracts that may place new holds on deposits. */
  NOTARY: 9n,
  /** TradeEscrow towards MeterRegistry: finalises a day that both sides accepted. */
  TRADE_BOOK: 10n,
  /** Contracts that redirect the proceeds of a trade to their assignee. */
  ASSIGNMENT: 11n,
  /** Desks towards Receivables: issue what a debtor has confirmed. */
  CLAIM_DESK: 12n,
  /** Contracts that count what participants commit, and use up what their second factors confirmed. */
  EXPOSURE_BOOK: 13n,
  /**
   * The council, in what the guardian can veto: its holders are those of role 0. What is scheduled under role 0 only
   * role 0 can cancel; what is scheduled under this role its guardian can.
   */
  COUNCIL: 14n,
  /** Everybody, held by nobody in particular. */
  PUBLIC: 2n ** 64n - 1n,
} as const;

/** One of `ROLES`. */
export type RoleName = keyof typeof ROLES;
