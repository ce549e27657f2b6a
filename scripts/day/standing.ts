/** Size of a firm; the index is the number on chain. */
export const FIRM_SIZES = ["unspecified", "micro", "small", "medium", "large"] as const;
export type FirmSize = (typeof FIRM_SIZES)[number];

/** What a participant is; the index is the bit on chain. */
export const KINDS = [
  "generator",
  "consumer",
  "retailer",
  "aggregator",
  "gridCompany",
  "bank",
  "specialPurposeVehicle",
  "auditor",
  "balancingAccount",
  "supplier",
] as const;
export type Kind = (typeof KINDS)[number];
