import type { Address } from "viem";
import { readContract } from "viem/actions";
import { ROLES } from "../../sdk/access/roles.ts";
import { accessManager } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import type { DeskRole } from "./roles.ts";

/** Whether an account holds a role now. */
export async function holdsRole(platform: Platform, role: DeskRole, account: Address): Promise<boolean> {
  const args = [ROLES[role], account] as const;
  const [holds] = await readContract(platform.client, {
    ...contractAt(platform, accessManager),
    functionName: "hasRole",
    args,
  });
  return holds;
}
