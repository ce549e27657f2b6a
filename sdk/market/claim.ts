import { readContract } from "viem/actions";
import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { DujiangError } from "../types/errors.ts";
import type { Sentence } from "../types/sentence.ts";
import type { TradeStatus } from "./enums.ts";
import { type OutcomeProof, readKeptOutcomes } from "./outcomes.ts";
import { readStatuses } from "./settle.ts";
import type { Outcome, TradeTerms } from "./terms.ts";

/** Thrown when a trade delivered nothing that could be claimed. */
export class ClaimError extends DujiangError {}

/** A settled trade in the arguments of `claimKwh`. */
export interface KwhClaim {
  id: bigint;
  terms: TradeTerms;
  outcome: Outcome;
  proof: OutcomeProof;
}

/** Why nothing of a trade can be claimed. */
const NOT_SETTLED: Record<Exclude<TradeStatus, "Settled">, Sentence> = {
  None: { en: "was never opened: trades are numbered from 1", zh: "从未成交上链：交易自 1 起编号" },
  Open: { en: "is not settled: settle it first, and claim its kWh then", zh: "尚未结算：请先结算，再领取其电量凭证" },
  Lapsed: {
    en: "lapsed without readings: have them reported late and settle it first",
    zh: "因未上报读数而失效：请先补报读数并结算",
  },
  Ruled: { en: "was ruled on by an arbiter: a ruling delivers no kWh", zh: "已由仲裁员裁决：裁决不交付电量" },
};

/** Those of some trades whose kWh nobody has claimed yet, in the order given. */
export async function readUnclaimed(platform: Platform, ids: readonly bigint[]): Promise<bigint[]> {
  const escrow = contractAt(platform, tradeEscrow);
  const claimed = await Promise.all(
    ids.map((id) => readContract(platform.client, { ...escrow, functionName: "isClaimed", args: [id] })),
  );
  return ids.filter((_, index) => !claimed[index]);
}

/**
 * The arguments of `TradeEscrow.claimKwh`, out of a node's logs alone: it mints to their buyers what settled trades delivered.
 * Trades claimed before are left out, and those that delivered nothing; one that is not settled is refused with the reason.
 * @param most of so many trades at most, as many as one transaction has gas for: the first ones that are not claimed
 */
export async function buildClaimKwh(
  platform: Platform,
  ids: readonly bigint[],
  most = Number.POSITIVE_INFINITY,
): Promise<[claims: KwhClaim[]]> {
  const statuses = await readStatuses(platform, ids);
  for (const [id, status] of statuses) {
    if (status === "Settled") continue;
    const why = NOT_SETTLED[status];
    throw new ClaimError({ en: `Trade ${id} ${why.en}.`, zh: `交易 ${id} ${why.zh}。` });
  }
  const unclaimed = await readUnclaimed(platform, [...statuses.keys()]);
  const kept = await readKeptOutcomes(platform, unclaimed.slice(0, most));
  const delivered = [...kept.values()].filter(({ outcome }) => outcome.deliveredWh > 0n);
  const claims = delivered.map(({ trade: { id, terms }, outcome, proof }) => ({ id, terms, outcome, proof }));
  return [claims.sort((a, b) => (a.id < b.id ? -1 : 1))];
}
