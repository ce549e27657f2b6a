import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { readEvents } from "../chain/logs.ts";
import { TRADE_STATUSES } from "../market/enums.ts";
import { readDayTrades, readTrades } from "../market/opened.ts";
import { isTradeFinished, type Outcome, type TradeTerms } from "../market/terms.ts";
import { readSettled } from "../settlement/adjust.ts";
import { encodeCurve, hashCurve } from "../types/curve.ts";
import { nameOf } from "../types/words.ts";
import { type CreditRecord, recomputeCredit } from "./record.ts";

/** A finished trade in the arguments of `countTrades`. */
export interface TradeProof {
  id: bigint;
  terms: TradeTerms;
  outcome: Outcome;
  energy: Hex;
  positionHash: Hex;
}

const NO_OUTCOME: Outcome = { deliveredWh: 0n, energyFen: 0n, networkFen: 0n, deviationFen: 0n, invoiced: false };

/** Reads all that was ever counted and adds it up; nothing but the node's logs is asked. */
export async function readCredit(platform: Platform): Promise<Map<number, CreditRecord>> {
  const [trades, claims] = await Promise.all([
    readEvents(platform, "CreditLedger", ["TradeCounted"]),
    readEvents(platform, "CreditLedger", ["ClaimCounted"]),
  ]);
  return recomputeCredit(
    trades.map(({ args }) => args),
    claims.map(({ args }) => args),
  );
}

/** The arguments of `CreditLedger.countTrades`: of these trades, those that are finished and not counted yet. */
export async function buildCountTrades(platform: Platform, ids: readonly bigint[]): Promise<[proofs: TradeProof[]]> {
  const [escrow, ledger] = [contractOf(platform, "TradeEscrow"), contractOf(platform, "CreditLedger")];
  const states = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const [status, counted] = await Promise.all([
        readContract(platform.client, { ...escrow, functionName: "statusOf", args: [id] }),
        readContract(platform.client, { ...ledger, functionName: "isCounted", args: [id] }),
      ]);
      return { id, status: nameOf(TRADE_STATUSES, status), counted };
    }),
  );
  const finished = states.filter(({ status, counted }) => !counted && isTradeFinished(status));
  const settled = finished.filter(({ status }) => status === "Settled").map(({ id }) => id);
  const [trades, outcomes] = await Promise.all([
    readTrades(
      platform,
      finished.map(({ id }) => id),
    ),
    readSettled(platform, settled),
  ]);
  const proofs: TradeProof[] = [];
  for (const [day, ofDay] of Map.groupBy(trades, ({ terms }) => terms.day)) {
    const placed = await readDayTrades(platform, day);
    for (const { id, terms, energy } of ofDay) {
      const offset = placed.get(terms.sellerMeter)?.find((trade) => trade.id === id)?.offset;
      proofs.push({
        ...{ id, terms, outcome: outcomes.get(id) ?? NO_OUTCOME, energy: encodeCurve(energy) },
        positionHash: offset === undefined ? `0x${"0".repeat(64)}` : hashCurve(offset),
      });
    }
  }
  return [proofs];
}
