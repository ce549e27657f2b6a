import { type Hex, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { creditLedger, debtLedger } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { eventsOf, LogError } from "../chain/logs.ts";
import { readDayTrades } from "../market/opened.ts";
import { type OutcomeProof, readFinished, readKeptOutcomes } from "../market/outcomes.ts";
import { readStatuses } from "../market/settle.ts";
import { isTradeFinished, type Outcome, type TradeTerms } from "../market/terms.ts";
import { encodeCurve, hashCurve } from "../types/curve.ts";
import { groupBy } from "../types/groupBy.ts";
import { type CreditRecord, recomputeCredit } from "./record.ts";

/** A finished trade in the arguments of `countTrades`. */
export interface TradeProof {
  id: bigint;
  terms: TradeTerms;
  outcome: Outcome;
  kept: OutcomeProof;
  energy: Hex;
  positionHash: Hex;
}

/** Reads all that was ever counted and adds it up; nothing but the node's logs is asked. */
export async function readCredit(platform: Platform): Promise<Map<number, CreditRecord>> {
  const [trades, debts] = await Promise.all([
    eventsOf(platform, creditLedger, ["TradeCounted"]),
    eventsOf(platform, creditLedger, ["DebtCounted"]),
  ]);
  const outcomes = await readFinished(
    platform,
    trades.filter(({ args }) => !args.ruled).map(({ args }) => args.id),
  );
  const owed = await readOwed(platform, [...new Set(debts.map(({ args }) => args.id))]);
  return recomputeCredit(
    trades.map(({ args }) => ({ ...args, energyFen: outcomes.get(args.id)?.outcome.energyFen ?? 0n })),
    debts.map(({ args }) => ({ ...args, ...(owed.get(args.id) as Owed) })),
  );
}

interface Owed {
  creditor: number;
  paidFen: bigint;
}

/** To whom debts are owed, and how much of them was paid or set off. */
async function readOwed(platform: Platform, ids: readonly bigint[]): Promise<Map<bigint, Owed>> {
  if (ids.length === 0) return new Map();
  const [posted, paid] = await Promise.all([
    eventsOf(platform, debtLedger, ["DebtPosted"], { id: ids }),
    eventsOf(platform, debtLedger, ["DebtPaid", "DebtSetOff"], { id: ids }),
  ]);
  const owed = new Map(posted.map(({ args: { id, creditor } }): [bigint, Owed] => [id, { creditor, paidFen: 0n }]));
  for (const { args } of paid) (owed.get(args.id) as Owed).paidFen += args.amountFen;
  const without = ids.find((id) => !owed.has(id));
  if (without === undefined) return owed;
  throw new LogError({ en: `The node has no log of debt ${without}.`, zh: `节点没有债务 ${without} 的日志。` });
}

/** The arguments of `CreditLedger.countTrades`: of these trades, those that are finished and not counted yet. */
export async function buildCountTrades(platform: Platform, ids: readonly bigint[]): Promise<[proofs: TradeProof[]]> {
  const ledger = contractAt(platform, creditLedger);
  const statuses = await readStatuses(platform, ids);
  const finished = [...statuses].filter(([, status]) => isTradeFinished(status)).map(([id]) => id);
  const counted = await Promise.all(
    finished.map((id) => readContract(platform.client, { ...ledger, functionName: "isCounted", args: [id] })),
  );
  const kept = await readKeptOutcomes(
    platform,
    finished.filter((_, index) => !counted[index]),
  );
  const proofs: TradeProof[] = [];
  for (const [day, ofDay] of groupBy(kept.values(), ({ trade }) => trade.terms.day)) {
    const placed = await readDayTrades(platform, day);
    for (const { trade, outcome, proof } of ofDay) {
      const { id, terms, energy } = trade;
      const offset = placed.get(terms.sellerMeter)?.find((one) => one.id === id)?.offset;
      proofs.push({
        ...{ id, terms, outcome, kept: proof, energy: encodeCurve(energy) },
        positionHash: offset === undefined ? zeroHash : hashCurve(offset),
      });
    }
  }
  return [proofs.sort((a, b) => (a.id < b.id ? -1 : 1))];
}
