import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { LogError, readEvents } from "../chain/logs.ts";
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
  const [trades, debts] = await Promise.all([
    readEvents(platform, "CreditLedger", ["TradeCounted"]),
    readEvents(platform, "CreditLedger", ["DebtCounted"]),
  ]);
  const outcomes = await readSettled(
    platform,
    trades.filter(({ args }) => !args.ruled).map(({ args }) => args.id),
  );
  const owed = await readOwed(platform, [...new Set(debts.map(({ args }) => args.id))]);
  return recomputeCredit(
    trades.map(({ args }) => ({ ...args, energyFen: outcomes.get(args.id)?.energyFen ?? 0n })),
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
    readEvents(platform, "DebtLedger", ["DebtPosted"], { id: ids }),
    readEvents(platform, "DebtLedger", ["DebtPaid", "DebtSetOff"], { id: ids }),
  ]);
  const owed = new Map(posted.map(({ args: { id, creditor } }): [bigint, Owed] => [id, { creditor, paidFen: 0n }]));
  for (const { args } of paid) (owed.get(args.id) as Owed).paidFen += args.amountFen;
  const without = ids.find((id) => !owed.has(id));
  if (without === undefined) return owed;
  throw new LogError(`The node has no log of debt ${without}.`);
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
