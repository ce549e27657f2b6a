import type { Address } from "viem";
import { readContract } from "viem/actions";
import { receivables } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";

/** Whether an account lets the financing desk hand over its units. */
export function isDeskLet(platform: Platform, account: Address): Promise<boolean> {
  const units = contractAt(platform, receivables);
  const args = [account, platform.addresses.FinancingDesk] as const;
  return readContract(platform.client, { ...units, functionName: "isApprovedForAll", args });
}
