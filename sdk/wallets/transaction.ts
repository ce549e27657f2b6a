import { type Abi, type Address, decodeEventLog, decodeFunctionData, type Hash, type Hex } from "viem";
import { getBlock, getTransaction, getTransactionReceipt } from "viem/actions";
import { ABIS } from "../chain/abis.ts";
import type { Platform } from "../chain/client.ts";
import type { ContractName } from "../chain/contracts.ts";
import { EVENT_SENTENCES } from "../records/eventSentences.ts";
import { fillIn } from "../types/fillIn.ts";
import type { Sentence } from "../types/sentence.ts";
import { CALLS } from "./calls.ts";

/** One event, in words. */
export interface SaidEvent {
  contract: ContractName;
  event: string;
  sentences: Sentence;
}

/** Which call somebody makes. */
export interface DescribedCall {
  /** Undefined where it is no call of the platform. */
  contract: ContractName | undefined;
  functionName: string | undefined;
  /** What its sender wants, where people send it from wallets. */
  intent: Sentence | undefined;
}

/** What a transaction did. */
export interface TransactionStory extends DescribedCall {
  hash: Hash;
  from: Address;
  /** Undefined while no block has it. */
  included: { block: bigint; at: number; isDone: boolean; gasUsed: bigint } | undefined;
  events: SaidEvent[];
}

/** What a transaction did, in words, out of a node alone; undefined where the node does not know it. */
export async function readTransaction(platform: Platform, hash: Hash): Promise<TransactionStory | undefined> {
  const { client } = platform;
  const missing = (error: unknown) => {
    if (error instanceof Error && /NotFoundError$/.test(error.name)) return undefined;
    throw error;
  };
  const [sent, receipt] = await Promise.all([
    getTransaction(client, { hash }).catch(missing),
    getTransactionReceipt(client, { hash }).catch(missing),
  ]);
  if (sent === undefined) return undefined;
  const common = { hash, from: sent.from, ...describeCall(platform, { to: sent.to, data: sent.input }) };
  if (receipt === undefined) return { ...common, included: undefined, events: [] };
  const { timestamp } = await getBlock(client, { blockNumber: receipt.blockNumber });
  const { blockNumber: block, status, gasUsed } = receipt;
  return {
    ...common,
    included: { block, at: Number(timestamp), isDone: status === "success", gasUsed },
    events: receipt.logs.flatMap(({ address, data, topics }) => eventOf(platform, address, data, topics) ?? []),
  };
}

/** Which call of the platform some data is, and what its sender wants by it. */
export function describeCall(platform: Platform, { to, data }: { to: Address | null; data: Hex }): DescribedCall {
  const contract = nameAt(platform, to);
  const functionName = contract === undefined ? undefined : functionOf(ABIS[contract] as Abi, data);
  const intent = contract === undefined || functionName === undefined ? undefined : intentOf(contract, functionName);
  return { contract, functionName, intent };
}

function nameAt({ addresses }: Platform, address: Address | null): ContractName | undefined {
  if (address === null) return undefined;
  const names = Object.keys(addresses) as ContractName[];
  return names.find((name) => addresses[name].toLowerCase() === address.toLowerCase());
}

function functionOf(abi: Abi, data: Hex): string | undefined {
  try {
    return decodeFunctionData({ abi, data }).functionName;
  } catch {
    return undefined;
  }
}

/** Wallets show both languages in one text: the English stands before the first Chinese character. */
function intentOf(contract: ContractName, functionName: string): Sentence | undefined {
  const intents = (CALLS as Partial<Record<ContractName, Record<string, string>>>)[contract];
  const [, en, zh] = /^([ -~’]+?) ([^ -~].*)$/u.exec(intents?.[functionName] ?? "") ?? [];
  return en === undefined || zh === undefined ? undefined : { en, zh };
}

function eventOf(platform: Platform, address: Address, data: Hex, topics: readonly Hex[]): SaidEvent | undefined {
  const contract = nameAt(platform, address);
  if (contract === undefined) return undefined;
  try {
    const { eventName, args } = decodeEventLog({ abi: ABIS[contract] as Abi, data, topics: topics as [Hex] });
    return { contract, event: String(eventName), sentences: sentenceOfEvent(String(eventName), args) };
  } catch {
    // No event of the platform.
    return undefined;
  }
}

/** An event as a sentence. @param args its values by their names */
export function sentenceOfEvent(event: string, args: unknown): Sentence {
  const { en, zh } = EVENT_SENTENCES[event] ?? { en: event, zh: event };
  const values = flat((args ?? {}) as Record<string, unknown>);
  return { en: fillIn(en, values), zh: fillIn(zh, values) };
}

/** Values of structures stand beside the others, and of a list its length. */
function flat(args: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(args).flatMap(([name, value]): [string, unknown][] => {
    if (Array.isArray(value)) return [[`${name}Count`, value.length]];
    if (typeof value === "object" && value !== null) return Object.entries(flat(value as Record<string, unknown>));
    return [[name, value]];
  });
  // What an event says itself comes before what a structure in it says under the same name.
  const own = Object.entries(args).filter(([, value]) => typeof value !== "object");
  return Object.fromEntries([...entries, ...own]);
}
