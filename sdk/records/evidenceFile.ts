import type { Evidence } from "./evidence.ts";

/** A bundle of evidence as a file. */
export const evidenceFile = (proof: Evidence): Blob =>
  new Blob([`${JSON.stringify(proof, undefined, 2)}\n`], { type: "application/json" });

/** How the file with the evidence of a trade is called. */
export const evidenceName = (trade: bigint | string): string => `trade-${trade}-evidence.json`;
