import { createHash } from "node:crypto";
import { numberToHex } from "viem";
import { getBlockNumber } from "viem/actions";
import { ABIS } from "../../sdk/chain/abis.ts";
import type { Platform } from "../../sdk/chain/client.ts";
import { CONTRACTS, type ContractName } from "../../sdk/chain/contracts.ts";
import { blockAt, readEvents } from "../../sdk/chain/logs.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { type Day, startOfDay } from "../../sdk/types/time.ts";

export class LedgerError extends DujiangError {}

/** What the contracts emitted at one place of the chain. `hash` commits to the entry and to all before it. */
export interface Entry {
  number: number;
  time: string;
  block: string;
  transaction: string;
  logIndex: number;
  contract: string;
  event: string;
  values: Record<string, unknown>;
  hash: string;
}

/** An event of any contract. */
interface LoggedEvent {
  eventName: string;
  args: unknown;
  blockNumber: bigint;
  transactionHash: string;
  logIndex: number;
}

/** The hash before the first entry. */
export const BEGINNING = "0".repeat(64);

/** Every event of every contract from one day of Shanghai to another, both included, in the order of the chain. */
export async function readLedger(platform: Platform, from: Day, to: Day): Promise<Entry[]> {
  if (to < from)
    throw new LedgerError({
      en: "The period ends before it begins: give the earlier day to --from.",
      zh: "期间的结束早于开始：请将较早的日期填在 --from。",
    });
  const latest = await getBlockNumber(platform.client, { cacheTime: 0 });
  const end = await blockAt(platform, startOfDay(to + 1));
  const range = { from: await blockAt(platform, startOfDay(from)), to: end > latest ? latest : end - 1n };
  if (range.to < range.from) return [];
  const events: (LoggedEvent & { contract: ContractName })[] = [];
  for (const name of CONTRACTS) {
    const logged: LoggedEvent[] = await readEvents(platform, name, eventsOf(name), {}, range);
    events.push(...logged.map((event) => ({ ...event, contract: name })));
  }
  events.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);

  const times = await timesOf(platform, new Set(events.map(({ blockNumber }) => blockNumber)));
  let hash = BEGINNING;
  return events.map(({ contract, eventName, args, blockNumber, transactionHash, logIndex }, index) => {
    const entry = {
      number: index + 1,
      time: new Date(Number(times.get(blockNumber)) * 1000).toISOString(),
      block: String(blockNumber),
      transaction: transactionHash,
      logIndex,
      contract,
      event: eventName,
      values: plain(args) as Record<string, unknown>,
    };
    hash = chained(hash, entry);
    return { ...entry, hash };
  });
}

/** The number of the first entry whose hash does not follow from the entries before it; undefined if all do. */
export function firstBroken(entries: readonly Entry[]): number | undefined {
  let before = BEGINNING;
  for (const [index, { hash, ...entry }] of entries.entries()) {
    if (entry.number !== index + 1 || chained(before, entry) !== hash) return index + 1;
    before = hash;
  }
  return undefined;
}

/** SHA-256 of the hash before, a line feed, and the entry as one line of JSON. */
function chained(before: string, entry: Omit<Entry, "hash">): string {
  return createHash("sha256")
    .update(`${before}\n${JSON.stringify(entry)}`)
    .digest("hex");
}

function eventsOf(name: ContractName): never[] {
  return ABIS[name].filter(({ type }) => type === "event").map((event) => (event as { name: string }).name) as never[];
}

async function timesOf({ client }: Platform, blocks: Set<bigint>): Promise<Map<bigint, bigint>> {
  const found = await Promise.all(
    [...blocks].map(async (number) => {
      const block = await client.request({ method: "eth_getBlockByNumber", params: [numberToHex(number), false] });
      if (block === null)
        throw new LedgerError({
          en: `The node has no block ${number} any more: ask another node.`,
          zh: `节点已没有区块 ${number}：请改用其他节点。`,
        });
      return [number, BigInt(block.timestamp)] as const;
    }),
  );
  return new Map(found);
}

/** Integers beyond what JSON numbers hold exactly are written as text, all of them, so that none changes its form. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
  }
  return value;
}
