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
