/** Role ids of the platform's AccessManager: the twin of contracts/access/Roles.sol. */
export const ROLES = {
  /** AccessManager's own admin: the consortium's council. */
  ADMIN: 0n,
  REGISTRAR: 1n,
  COMPLIANCE: 2n,
  METER_OPERATOR: 3n,
  MARKET_OPERATOR: 4n,
  RULE_MAKER: 5n,
  BANK: 6n,
  ARBITER: 7n,
  GUARDIAN: 8n,
  NOTARY: 9n,
  TRADE_BOOK: 10n,
  PAYABLE_TAKER: 11n,
  ASSIGNMENT: 12n,
  CLAIM_DESK: 13n,
  EXPOSURE_BOOK: 14n,
  /** What the council does in a way that the guardian can veto; held by the holders of ADMIN. */
  COUNCIL: 15n,
  /** Everybody, held by nobody in particular. */
  PUBLIC: 2n ** 64n - 1n,
} as const;

/** One of `ROLES`. */
export type RoleName = keyof typeof ROLES;
