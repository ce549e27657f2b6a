import { debtLedger } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";

/** The call by which anyone records that a debt is in default, for viem's `writeContract`. */
export function declareDefault(platform: Platform, debt: bigint) {
  return { ...contractAt(platform, debtLedger), functionName: "declareDefault" as const, args: [debt] as const };
}
