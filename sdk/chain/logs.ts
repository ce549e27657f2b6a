import {
  type Abi,
  type ContractEventName,
  encodeEventTopics,
  formatLog,
  type Hex,
  numberToHex,
  type ParseEventLogsReturnType,
  parseEventLogs,
  type RpcLog,
} from "viem";
import { getBlock, getBlockNumber } from "viem/actions";
import { DujiangError } from "../types/errors.ts";
import { ABIS } from "./abis.ts";
import type { Platform } from "./client.ts";
import type { ContractName } from "./contracts.ts";

/** Thrown when the logs of a node do not add up to the chain's state. */
export class LogError extends DujiangError {}

/** Blocks asked for at a time: nodes refuse more than 5000. */
const RANGE = 5000n;
/** Ranges asked for at once. */
const PARALLEL = 4;

/** Blocks from one to another, both included. */
export interface BlockRange {
  from: bigint;
  to: bigint;
}

/** As the end of a range: whatever is the last block. */
export const LATEST = 2n ** 64n;

/** An event of a contract of the platform, decoded. */
export type PlatformEvent<
  Name extends ContractName,
  Event extends ContractEventName<(typeof ABIS)[Name]>,
> = ParseEventLogsReturnType<(typeof ABIS)[Name], Event, true>[number];

/** A value to look for in an indexed field, or several of which any will do. */
type Wanted = Record<string, unknown>;

/** Events of a contract, oldest first, of the kinds named; `wanted` holds values of indexed fields they share. */
export function readEvents<Name extends ContractName, const Event extends ContractEventName<(typeof ABIS)[Name]>>(
  platform: Platform,
  name: Name,
  eventNames: readonly Event[],
  wanted: Wanted = {},
  range?: BlockRange,
): Promise<PlatformEvent<Name, Event>[]> {
  return eventsOf(platform, { name, abi: ABIS[name] }, eventNames, wanted, range) as never;
}

/** `readEvents` where the contract is known beforehand: a bundle takes along this ABI and no other. */
export async function eventsOf<
  const Known extends { name: ContractName; abi: Abi },
  const Event extends ContractEventName<Known["abi"]>,
>(
  platform: Platform,
  { name, abi }: Known,
  eventNames: readonly Event[],
  wanted: Wanted = {},
  range?: BlockRange,
): Promise<ParseEventLogsReturnType<Known["abi"], Event, true>> {
  const topics = topicsOf(abi, eventNames, wanted);
  const ranges = await chunks(platform, range);
  const logs: RpcLog[] = [];
  for (let next = 0; next < ranges.length; next += PARALLEL) {
    const answers = await Promise.all(
      ranges.slice(next, next + PARALLEL).map(({ from, to }) =>
        platform.client.request({
          method: "eth_getLogs",
          params: [
            { address: platform.addresses[name], topics, fromBlock: numberToHex(from), toBlock: numberToHex(to) },
          ],
        }),
      ),
    );
    logs.push(...answers.flat());
  }
  return parseEventLogs({ abi, eventName: [...eventNames], logs: logs.map((log) => formatLog(log)) }) as never;
}

/** The first block of the platform that is not older than a second; one past the last if there is none yet. */
export async function blockAt(platform: Platform, unixSeconds: number): Promise<bigint> {
  let [low, high] = [platform.startBlock, (await getBlockNumber(platform.client, { cacheTime: 0 })) + 1n];
  while (low < high) {
    const middle = (low + high) / 2n;
    const { timestamp } = await getBlock(platform.client, { blockNumber: middle });
    if (timestamp < BigInt(unixSeconds)) low = middle + 1n;
    else high = middle;
  }
  return low;
}

/** A node refuses a range that goes beyond its last block, too. */
async function chunks({ client, startBlock }: Platform, range?: BlockRange): Promise<BlockRange[]> {
  const latest = await getBlockNumber(client, { cacheTime: 0 });
  const last = range === undefined || range.to > latest ? latest : range.to;
  const parts: BlockRange[] = [];
  for (let from = range?.from ?? startBlock; from <= last; from += RANGE) {
    const end = from + RANGE - 1n;
    parts.push({ from, to: end < last ? end : last });
  }
  return parts;
}

function topicsOf(abi: Abi, eventNames: readonly string[], wanted: Wanted): (Hex | Hex[] | null)[] {
  const encoded = eventNames.map((eventName) => encodeEventTopics({ abi, eventName, args: wanted } as never));
  const fields = (encoded[0] ?? []).slice(1) as (Hex | Hex[] | null)[];
  // A filter with more topics than an event has would never match it.
  while (fields.at(-1) === null) fields.pop();
  return [encoded.map(([signature]) => signature as Hex), ...fields];
}
