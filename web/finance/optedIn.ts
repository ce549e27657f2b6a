import { readContract } from "viem/actions";
import { depositToken } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";

export { optIn } from "../../sdk/money/deposits.ts";

/** Whether a participant lets the financing desk hold its deposits. */
export function hasDeskOptedIn(platform: Platform, participant: number): Promise<boolean> {
  const token = contractAt(platform, depositToken);
  const args = [participant, platform.addresses.FinancingDesk] as const;
  return readContract(platform.client, { ...token, functionName: "hasOptedIn", args });
}
