import type { Hex } from "viem";
import { debtLedger } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";

/** The longest that the clock of a debt stands still, counted from the first time. */
export const LONGEST_STAND_STILL_DAYS = 30;
/** A debt that is later than this is in arrears, and can be written off once it is pursued. */
export const ARREARS_DAYS = 60;

/** The call by which an arbiter stops the clock of late fee and default until a unix second; 0 lets it run. */
export function standStill(platform: Platform, debt: bigint, until: number) {
  return { ...contractAt(platform, debtLedger), functionName: "standStill" as const, args: [debt, until] as const };
}

/** The call by which an arbiter records that nothing more is expected of a debt. @param evidence keccak256 of the file that shows it */
export function writeOff(platform: Platform, debt: bigint, evidence: Hex) {
  return { ...contractAt(platform, debtLedger), functionName: "writeOff" as const, args: [debt, evidence] as const };
}
