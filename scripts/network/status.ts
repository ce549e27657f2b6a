import type { Hex } from "viem";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { ask } from "./jsonRpc.ts";
import type { NetworkError } from "./problem.ts";

/** A node without the API of validators has no such method, or has not enabled it; any other failure says nothing of that. */
const WITHOUT_METHOD = [-32_601, -32_604];

export interface NodeStatus {
  url: string;
  version: string;
  block: number;
  /** Seconds since that block, by this machine's clock. */
  ageSeconds: number;
  peers: number;
  /** What only validators answer. */
  validators?: Hex[];
  /** Votes of this node: address -> whether it is to become a validator. */
  votes?: Record<Hex, boolean>;
  /** The last block that each validator made, of the last 100. */
  lastBlocks?: Record<Hex, number>;
}

/** What a node says of itself; a validator also of the validators. */
export async function statusOf(url: string, now = Date.now()): Promise<NodeStatus> {
  const [version, peers, head] = await Promise.all([
    ask<string>(url, "web3_clientVersion"),
    ask<Hex>(url, "net_peerCount"),
    ask<{ number: Hex; timestamp: Hex }>(url, "eth_getBlockByNumber", ["latest", false]),
  ]);
  const block = Number(head.number);
  const status = {
    url,
    version,
    block,
    ageSeconds: Math.round(now / 1000) - Number(head.timestamp),
    peers: Number(peers),
  };
  const validators = await ask<Hex[]>(url, "qbft_getValidatorsByBlockNumber", ["latest"]).catch(
    (error: NetworkError) => {
      if (error.code === undefined || !WITHOUT_METHOD.includes(error.code)) throw error;
      return undefined;
    },
  );
  if (validators === undefined) return status;
  const [votes, metrics] = await Promise.all([
    ask<Record<Hex, boolean>>(url, "qbft_getPendingVotes"),
    ask<{ address: Hex; lastProposedBlockNumber: Hex }[]>(url, "qbft_getSignerMetrics"),
  ]);
  const lastBlocks = Object.fromEntries(
    metrics.map(({ address, lastProposedBlockNumber }) => [address, Number(lastProposedBlockNumber)]),
  );
  return { ...status, validators, votes, lastBlocks };
}

/** How many of so many validators must agree on a block. */
export function quorum(validators: number): number {
  return Math.ceil((2 * validators) / 3);
}

/** How many must vote for a change of validators: more than half. */
export function majority(validators: number): number {
  return Math.floor(validators / 2) + 1;
}

/** A node's status as lines for a person. */
export function describeStatus(status: NodeStatus): Sentence[] {
  const { url, version, block, ageSeconds, peers, validators, votes = {}, lastBlocks = {} } = status;
  const lines: Sentence[] = [
    {
      en: `${url}: block ${block}, ${ageSeconds} s old; ${peers} peers; ${version}`,
      zh: `${url}：区块 ${block}，${ageSeconds} 秒前；${peers} 个对等节点；${version}`,
    },
  ];
  if (validators === undefined) return lines;
  lines.push({
    en: `  ${validators.length} validators, ${quorum(validators.length)} of them must agree on each block`,
    zh: `  ${validators.length} 个验证节点，每个区块须有 ${quorum(validators.length)} 个同意`,
  });
  for (const address of validators) {
    const last = lastBlocks[address];
    lines.push(
      last === undefined
        ? { en: `  ${address} made none of the last 100 blocks`, zh: `  ${address} 在最近 100 个区块中未出块` }
        : { en: `  ${address} made block ${last} last`, zh: `  ${address} 最近所出的区块为 ${last}` },
    );
  }
  for (const [address, isAdded] of Object.entries(votes)) {
    lines.push(
      isAdded
        ? { en: `  votes for taking in ${address}`, zh: `  投票加入 ${address}` }
        : { en: `  votes for leaving out ${address}`, zh: `  投票移除 ${address}` },
    );
  }
  return lines;
}
