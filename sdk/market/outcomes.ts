import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { eventsOf, LogError, type PlatformEvent } from "../chain/logs.ts";
import { groupBy } from "../types/groupBy.ts";
import { merkleRoot, merkleSiblings } from "../types/merkleTree.ts";
import { type OpenedTrade, readTrades } from "./opened.ts";
import { type Outcome, outcomeHash, termsCommitment } from "./terms.ts";

/** Where the outcome of a trade is found among those that the escrow keeps. */
export interface OutcomeProof {
  /** Number of the call that settled it. */
  settlement: bigint;
  /** What its outcome is hashed with up to the root of that call. */
  siblings: Hex[];
}

/** A finished trade as the escrow keeps it, with the proof of it. */
export interface KeptOutcome {
  trade: OpenedTrade;
  /** As settled or, with nothing delivered, as ruled. */
  outcome: Outcome;
  proof: OutcomeProof;
  /** Root of the outcomes of its call, as the escrow keeps it and as recomputed out of the logs: the same. */
  root: { onChain: Hex; recomputed: Hex };
}

/** What a trade came to, and in which call. */
interface Finished {
  id: bigint;
  /** Whether an arbiter ruled on it, so that nothing of it was delivered. */
  ruled: boolean;
  outcome: Outcome;
  settlement: bigint;
  blockNumber: bigint;
}

const FINISHING = ["TradeSettled", "TradeRuled"] as const;

/** What trades came to when they were settled or ruled on, by their ids; those that were not are left out. */
export async function readFinished(platform: Platform, ids: readonly bigint[]): Promise<Map<bigint, Finished>> {
  if (ids.length === 0) return new Map();
  const events = await eventsOf(platform, tradeEscrow, FINISHING, { id: [...new Set(ids)] });
  return new Map(events.map(finished).map((trade) => [trade.id, trade]));
}

/**
 * What the escrow keeps of finished trades, by their ids, with proofs, out of the logs: all trades that the same call finished
 * are hashed to its root, which is compared with the chain's. Trades that are not finished are left out.
 */
export async function readKeptOutcomes(platform: Platform, ids: readonly bigint[]): Promise<Map<bigint, KeptOutcome>> {
  const wanted = [...(await readFinished(platform, ids)).values()];
  const kept = new Map<bigint, KeptOutcome>();
  for (const [blockNumber, ofBlock] of groupBy(wanted, (trade) => trade.blockNumber)) {
    const range = { from: blockNumber, to: blockNumber };
    const all = (await eventsOf(platform, tradeEscrow, FINISHING, {}, range)).map(finished);
    for (const [settlement, ofCall] of groupBy(ofBlock, (trade) => trade.settlement)) {
      const together = all.filter((trade) => trade.settlement === settlement);
      const asked = new Set(ofCall.map(({ id }) => id));
      for (const one of await proveCall(platform, settlement, together)) {
        if (asked.has(one.trade.id)) kept.set(one.trade.id, one);
      }
    }
  }
  return kept;
}

async function proveCall(
  platform: Platform,
  settlement: bigint,
  together: readonly Finished[],
): Promise<KeptOutcome[]> {
  const trades = await readTrades(
    platform,
    together.map(({ id }) => id),
  );
  const leaves = trades.map(({ id, terms }, index) =>
    outcomeHash(termsCommitment(id, terms), (together[index] as Finished).outcome),
  );
  const recomputed = merkleRoot(leaves);
  const escrow = contractAt(platform, tradeEscrow);
  const onChain = await readContract(platform.client, { ...escrow, functionName: "outcomesOf", args: [settlement] });
  if (onChain !== recomputed) {
    throw new LogError({
      en: `The logs of settlement ${settlement} do not add up to the root that the escrow keeps: the node is missing logs; ask another one.`,
      zh: `结算 ${settlement} 的日志与托管合约保存的根不符：节点缺少日志；请改用其他节点。`,
    });
  }
  return trades.map((trade, index) => ({
    trade,
    outcome: (together[index] as Finished).outcome,
    proof: { settlement, siblings: merkleSiblings(leaves, index) },
    root: { onChain, recomputed },
  }));
}

function finished(event: PlatformEvent<"TradeEscrow", (typeof FINISHING)[number]>): Finished {
  const { blockNumber, eventName, args } = event;
  const { id, settlement, energyFen, networkFen, deviationFen } = args;
  const ruled = eventName === "TradeRuled";
  const { deliveredWh, invoiced } = ruled ? { deliveredWh: 0n, invoiced: false } : event.args;
  return {
    id,
    ruled,
    settlement,
    blockNumber,
    outcome: { deliveredWh, energyFen, networkFen, deviationFen, invoiced },
  };
}
