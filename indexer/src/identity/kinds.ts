/** Bits of `Kinds`, lowest first. */
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
];

/** The kinds whose bits are set. */
export function kindsOf(bits: number): string[] {
  return KINDS.filter((_, bit) => (bits & (1 << bit)) !== 0);
}
