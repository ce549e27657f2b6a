import { getBlockNumber, readContract } from "viem/actions";
import { participantRegistry } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { type CheckedName, checkName, type NameEntry, SheetError } from "../../sdk/identity/credentialSheet.ts";
import type { Operator } from "../../sdk/operator/ask.ts";
import { handInNames } from "../../sdk/operator/client.ts";
import { allPages, listNames } from "../../sdk/operator/lists.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** What came of comparing names with the chain. */
export interface CheckedNames {
  block: bigint;
  names: Map<number, Sentence>;
  /** Participants whose sheet does not make the hash on chain: no name is shown of them. */
  differing: number[];
}

/** Every name that the operator has, each proved by the hash that two registrars signed off. */
export async function readNames(platform: Platform, operator: Operator): Promise<CheckedNames> {
  const entries: NameEntry[] = [];
  for await (const { names } of allPages((page) => listNames(operator, page))) entries.push(...names);
  const registry = contractAt(platform, participantRegistry);
  const [block, ...hashes] = await Promise.all([
    getBlockNumber(platform.client, { cacheTime: 0 }),
    ...entries.map(({ participant }) =>
      readContract(platform.client, { ...registry, functionName: "credentialHashOf", args: [participant] }),
    ),
  ]);
  const found: CheckedNames = { block, names: new Map(), differing: [] };
  entries.forEach((entry, at) => {
    const checked = checkedBy(entry, hashes[at]!);
    if (checked?.isChecked) found.names.set(entry.participant, checked.name);
    else found.differing.push(entry.participant);
  });
  return found;
}

/** Undefined for a text that makes the hash and is no sheet. */
function checkedBy(entry: NameEntry, hash: `0x${string}`): CheckedName | undefined {
  try {
    return checkName(entry, hash);
  } catch (error) {
    if (error instanceof SheetError) return undefined;
    throw error;
  }
}

/** Hands in sheets as the files hold them. */
export async function handIn(operator: Operator, files: readonly File[]): Promise<number> {
  const sheets = await Promise.all(files.map((file) => file.text()));
  return (await handInNames(operator, sheets)).names;
}
