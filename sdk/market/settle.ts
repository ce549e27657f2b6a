import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { finalCurve, MeterDayError, readMeterDay, readMeterDays } from "../metering/metered.ts";
import { addCurves, encodeCurve, encodeOptionalCurve, ZERO_CURVE } from "../types/curve.ts";
import { hasDayLapsed } from "../types/dayState.ts";
import { DAY_STATES } from "../types/enums.ts";
import { DujiangError } from "../types/errors.ts";
import { type Day, formatDay } from "../types/time.ts";
import { nameOf } from "../types/words.ts";
import { TRADE_STATUSES, type TradeStatus } from "./enums.ts";
import {
  type OpenedTrade,
  type PlacedTrade,
  readDayTrades,
  readMeterDayTrades,
  readPosition,
  readPrices,
  readTrades,
} from "./opened.ts";
import type { TradeTerms } from "./terms.ts";

/** Thrown when there is nothing left to settle, lapse or mint. */
export class SettleError extends DujiangError {}

/** A trade of a meter day in the arguments of `settle` and `finaliseAccepted`. */
export interface TradeSettlement {
  id: bigint;
  /** Index into the price curves. */
  price: number;
  terms: TradeTerms;
  energy: Hex;
  /** "0x" if nothing was sold before, or right behind the trade that was opened before it. */
  offset: Hex;
}

/** A meter day with the trades to be settled and the curve they are settled by. */
export interface DaySettlement {
  meter: bigint;
  day: Day;
  metered: Hex;
  trades: TradeSettlement[];
}

/** The arguments of `TradeEscrow.settle`. */
export type SettleArguments = [settlements: DaySettlement[], prices: Hex[]];

/**
 * The arguments that settle trades, out of a node's logs alone: grouped by meter day, each price curve given once. Trades
 * that are settled or ruled on already are left out; a meter day that is not final is refused with the reason.
 */
export async function buildSettle(platform: Platform, ids: readonly bigint[]): Promise<SettleArguments> {
  const unfinished = await unfinishedTrades(platform, ids, ["Open", "Lapsed"]);
  const curves = await readPrices(platform, unfinished);
  const hashes = [...curves.keys()];
  const settlements: DaySettlement[] = [];
  for (const [day, trades] of Map.groupBy(unfinished, ({ terms }) => terms.day)) {
    const sold = await readDayTrades(platform, day);
    const byMeter = Map.groupBy(trades, ({ terms }) => terms.sellerMeter);
    for (const metered of await readMeterDays(platform, [...byMeter.keys()], day)) {
      const wanted = new Set(byMeter.get(metered.meter)?.map(({ id }) => id));
      const placed = sold.get(metered.meter)?.filter(({ id }) => wanted.has(id)) ?? [];
      settlements.push({
        meter: metered.meter,
        day,
        metered: encodeCurve(finalCurve(metered)),
        trades: inARow(placed, (trade) => hashes.indexOf(trade.terms.priceHash)),
      });
    }
  }
  return [settlements, [...curves.values()].map(encodeCurve)];
}

/** The arguments of `TradeEscrow.lapse`: trades whose meter day lapsed and whose holds are not released yet. */
export async function buildLapse(
  platform: Platform,
  ids: readonly bigint[],
): Promise<[ids: bigint[], terms: TradeTerms[]]> {
  const open = await unfinishedTrades(platform, ids, ["Open"]);
  for (const { terms } of open) {
    const registry = contractOf(platform, "MeterRegistry");
    const { sellerMeter, day } = terms;
    const record = await readContract(platform.client, {
      ...registry,
      functionName: "dayOf",
      args: [sellerMeter, day],
    });
    const state = nameOf(DAY_STATES, record.state);
    if (hasDayLapsed(state)) continue;
    throw new MeterDayError(
      `Meter ${sellerMeter} on ${formatDay(day)} has not lapsed but stands at ${state}: no hold on it is released unpaid.`,
    );
  }
  return [open.map(({ id }) => id), open.map(({ terms }) => terms)];
}

/** The arguments of `TradeEscrow.mintSurplus`: what a meter generated of a day beyond what it sold. */
export async function buildSurplus(
  platform: Platform,
  meter: bigint,
  day: Day,
): Promise<[meter: bigint, day: Day, metered: Hex, position: Hex]> {
  const escrow = contractOf(platform, "TradeEscrow");
  const known = await readContract(platform.client, { ...escrow, functionName: "positionHashOf", args: [meter, day] });
  if (BigInt(known) === 1n) {
    throw new SettleError(`The surplus of meter ${meter} on ${formatDay(day)} was minted before.`);
  }
  const metered = finalCurve(await readMeterDay(platform, meter, day));
  return [meter, day, encodeCurve(metered), encodeOptionalCurve(await readPosition(platform, meter, day))];
}

/** The arguments of `TradeEscrow.finaliseAccepted`: every trade of a meter day, in the order of opening. */
export async function buildFinaliseAccepted(
  platform: Platform,
  meter: bigint,
  day: Day,
): Promise<[meter: bigint, day: Day, trades: TradeSettlement[]]> {
  const trades = await readMeterDayTrades(platform, meter, day);
  return [meter, day, inARow(trades, () => 0)];
}

/** Trades in one of the statuses, each once, in the order of opening. */
async function unfinishedTrades(
  platform: Platform,
  ids: readonly bigint[],
  statuses: readonly TradeStatus[],
): Promise<OpenedTrade[]> {
  const escrow = contractOf(platform, "TradeEscrow");
  const distinct = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
  const found = await Promise.all(
    distinct.map((id) => readContract(platform.client, { ...escrow, functionName: "statusOf", args: [id] })),
  );
  const status = found.map((index) => nameOf(TRADE_STATUSES, index));
  const unknown = distinct.find((_, index) => status[index] === "None");
  if (unknown !== undefined) throw new SettleError(`Trade ${unknown} was never opened: trades are numbered from 1.`);
  const unfinished = distinct.filter((_, index) => statuses.includes(status[index] ?? "None"));
  return readTrades(platform, unfinished);
}

/** Trades of a meter day in the order of opening; the position before one need not be repeated right behind the one before. */
function inARow(trades: readonly PlacedTrade[], priceOf: (trade: PlacedTrade) => number): TradeSettlement[] {
  let position: Hex = "0x";
  return trades.map((trade) => {
    const { id, terms, energy, offset } = trade;
    const before = encodeOptionalCurve(offset);
    const follows = before === position;
    position = encodeCurve(addCurves(offset ?? ZERO_CURVE, energy));
    return { id, price: priceOf(trade), terms, energy: encodeCurve(energy), offset: follows ? "0x" : before };
  });
}
