import { getBlockNumber, readContract } from "viem/actions";
import type { Platform } from "../../sdk/chain/client.ts";
import { contractOf } from "../../sdk/chain/client.ts";
import { type Comparison, differing, type Fact } from "../records/compare.ts";
import type { HolderRow } from "./rolesQuery.ts";
import { roleWords } from "./words.ts";

export interface RolesOnChain extends Comparison {
  /** Names of the platform's contracts, by their addresses in small letters. */
  contracts: ReadonlyMap<string, string>;
}

/** Asks the chain of each holder whether it is one, with which delay. */
export async function checkRoles(platform: Platform, said: readonly HolderRow[]): Promise<RolesOnChain> {
  const manager = contractOf(platform, "AccessManager");
  const [block, ...found] = await Promise.all([
    getBlockNumber(platform.client, { cacheTime: 0 }),
    ...said.map(({ roleId, account }) =>
      readContract(platform.client, { ...manager, functionName: "hasRole", args: [BigInt(roleId), account as never] }),
    ),
  ]);
  const facts = said.map((row, at): Fact => {
    const { en, zh } = roleWords(row.role);
    const [holds, delay] = found[at]!;
    return {
      what: { en: `${row.account} as ${en}`, zh: `${row.account}，${zh}` },
      kind: "text",
      said: stated(true, row.delaySeconds),
      onChain: stated(holds, delay),
    };
  });
  const names = Object.entries(platform.addresses).map(([name, address]) => [address.toLowerCase(), name] as const);
  return { block, differences: differing(facts), contracts: new Map(names) };
}

const stated = (holds: boolean, delay: number | string) => (holds ? `holds, ${delay} s` : "does not hold");
