import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { meterRegistry, tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { LogError } from "../chain/logs.ts";
import type { DayProof } from "../metering/dayRoot.ts";
import {
  finalCurve,
  MeterDayError,
  type MeteredDay,
  proveTogether,
  readFinalDay,
  readMeterDays,
} from "../metering/metered.ts";
import { encodeCurve, encodeOptionalCurve, encodeStretch, hashCurve } from "../types/curve.ts";
import { hasDayLapsed } from "../types/dayState.ts";
import { DAY_STATES } from "../types/enums.ts";
import { DujiangError } from "../types/errors.ts";
import { groupBy } from "../types/groupBy.ts";
import { type Day, formatDay } from "../types/time.ts";
import type { Fen } from "../types/units.ts";
import { nameOf } from "../types/words.ts";
import { TRADE_STATUSES, type TradeStatus } from "./enums.ts";
import {
  encodeSold,
  type OpenedTrade,
  type PlacedTrade,
  readBook,
  readDayTrades,
  readMeterDayTrades,
  readPrices,
  readSold,
  readTrades,
  soldBy,
} from "./opened.ts";
import type { Outcome, TradeTerms } from "./terms.ts";

/** Thrown when there is nothing left to settle, lapse, mint or rule on. */
export class SettleError extends DujiangError {}

/** What the book of a selling meter day holds beside the trades given. */
export interface BookProof {
  /** Hash of the trades before the first one given; 0 if there are none. */
  earlier: Hex;
  /** Commitments to the trades after the last one given. */
  later: Hex[];
  /** Hash of all that the meter day sold. */
  position: Hex;
}

/** A trade of a meter day in the arguments of `settle` and `finaliseAccepted`. */
export interface TradeSettlement {
  id: bigint;
  /** Index into the price curves. */
  price: number;
  terms: TradeTerms;
  /** Where the energy begins, and four bytes for each slot from there on, as in `TradeOpened`. */
  firstSlot: number;
  energy: Hex;
}

/** A run of trades of a meter day, in the order of opening, and the curve they are settled by. */
export interface DaySettlement {
  meter: bigint;
  day: Day;
  metered: Hex;
  book: BookProof;
  /** What was sold before the first of them; "0x" if nothing. */
  offset: Hex;
  trades: TradeSettlement[];
}

/** Meter days whose final curves are proved together. */
export interface SettlementRun {
  proof: DayProof;
  settlements: DaySettlement[];
}

/** The arguments of `TradeEscrow.settle`. */
export type SettleArguments = [runs: SettlementRun[], prices: Hex[]];

/** A run of trades of a lapsed meter day, in the order of opening. */
export interface DayLapse {
  meter: bigint;
  day: Day;
  book: BookProof;
  ids: bigint[];
  terms: TradeTerms[];
}

/** Trades of a meter day that is given whole unasked, finished ones too, to close it: a transaction takes so many. */
const MOST_TO_CLOSE = 100;

const UNSETTLED: readonly TradeStatus[] = ["Open", "Lapsed"];

/**
 * The arguments that settle trades, out of a node's logs alone: grouped by meter day, each price curve given once. Of each
 * meter day the trades between those asked for come along, as its book is proved by a run of them; all of a day
 * where none would be left, which closes it, unless it has too many for that and not all of them are given. Trades that are settled or ruled on already need not be asked for; a
 * meter day that is not final is refused with the reason.
 */
export async function buildSettle(platform: Platform, ids: readonly bigint[]): Promise<SettleArguments> {
  const asked = await tradesIn(platform, ids, UNSETTLED);
  const found: (MeteredDay & Pick<DaySettlement, "book" | "offset"> & { run: PlacedTrade[] })[] = [];
  const pending: PlacedTrade[] = [];
  const given = new Set(ids);
  for (const [day, ofDay] of groupBy(asked, ({ terms }) => terms.day)) {
    const byMeter = groupBy(ofDay, ({ terms }) => terms.sellerMeter);
    const sold = await readDayTrades(platform, day);
    for (const metered of await readMeterDays(platform, [...byMeter.keys()], day)) {
      const all = sold.get(metered.meter) ?? [];
      const wanted = new Set(byMeter.get(metered.meter)?.map(({ id }) => id));
      const isPending = await pendingOf(platform, all);
      const fits = all.length <= MOST_TO_CLOSE || all.every(({ id }) => given.has(id));
      const closes = fits && all.every(({ id }) => wanted.has(id) || !isPending.has(id));
      const { run, book, offset } = closes ? runOf(all) : runOf(all, wanted);
      pending.push(...run.filter(({ id }) => isPending.has(id)));
      found.push({ ...metered, book, offset, run });
    }
  }
  const prices = await readPrices(platform, pending);
  const places = new Map([...prices.keys()].map((hash, index) => [hash, index]));
  // The price of a finished trade is not read.
  const settlements = (days: typeof found): DaySettlement[] =>
    days.map(({ book, offset, run, ...metered }) => ({
      ...{ meter: metered.meter, day: metered.day, metered: encodeCurve(finalCurve(metered)), book, offset },
      trades: run.map((trade) => settlementOf(trade, places.get(trade.terms.priceHash) ?? 0)),
    }));
  const runs = proveTogether(found).map(({ proof, days }) => ({ proof, settlements: settlements(days) }));
  return [runs, [...prices.values()].map(encodeCurve)];
}

/**
 * The arguments of `TradeEscrow.lapse`: trades whose meter day lapsed and whose holds are not released yet, with those that
 * were opened between them.
 */
export async function buildLapse(platform: Platform, ids: readonly bigint[]): Promise<[lapses: DayLapse[]]> {
  const open = await tradesIn(platform, ids, ["Open"]);
  const lapses: DayLapse[] = [];
  for (const [day, ofDay] of groupBy(open, ({ terms }) => terms.day)) {
    const sold = await readDayTrades(platform, day);
    for (const [meter, ofMeter] of groupBy(ofDay, ({ terms }) => terms.sellerMeter)) {
      await requireLapsed(platform, meter, day);
      const { run, book } = runOf(sold.get(meter) ?? [], new Set(ofMeter.map(({ id }) => id)));
      lapses.push({ meter, day, book, ids: run.map(({ id }) => id), terms: run.map(({ terms }) => terms) });
    }
  }
  return [lapses];
}

async function requireLapsed(platform: Platform, meter: bigint, day: Day): Promise<void> {
  const registry = contractAt(platform, meterRegistry);
  const record = await readContract(platform.client, { ...registry, functionName: "dayOf", args: [meter, day] });
  const state = nameOf(DAY_STATES, record.state);
  if (hasDayLapsed(state)) return;
  throw new MeterDayError({
    en: `Meter ${meter} on ${formatDay(day)} has not lapsed but stands at ${state}: no hold on it is released unpaid.`,
    zh: `计量点 ${meter} 在 ${formatDay(day)} 的读数并未失效，状态为 ${state}：不会不经支付而解除冻结款项。`,
  });
}

/** The arguments of `TradeEscrow.mintSurplus`: what a meter generated of a day beyond what it sold. */
export async function buildSurplus(
  platform: Platform,
  meter: bigint,
  day: Day,
): Promise<[meter: bigint, day: Day, metered: Hex, position: Hex, proof: DayProof]> {
  if ((await readBook(platform, meter, day)).minted) {
    throw new SettleError({
      en: `The surplus of meter ${meter} on ${formatDay(day)} was minted before.`,
      zh: `计量点 ${meter} 在 ${formatDay(day)} 的余电已铸造过。`,
    });
  }
  const { curve, proof } = await readFinalDay(platform, meter, day);
  return [meter, day, curve, encodeSold(await readSold(platform, meter, day)), proof];
}

/** The arguments of `TradeEscrow.finaliseAccepted`: every trade of a meter day, in the order of opening. */
export async function buildFinaliseAccepted(
  platform: Platform,
  meter: bigint,
  day: Day,
): Promise<[meter: bigint, day: Day, trades: TradeSettlement[]]> {
  const trades = await readMeterDayTrades(platform, meter, day);
  return [meter, day, trades.map((trade) => settlementOf(trade, 0))];
}

/** How an arbiter divides the holds of a trade. */
export type Ruling = Pick<Outcome, "energyFen" | "networkFen" | "deviationFen">;

/** The arguments of `TradeEscrow.rule`: how an arbiter divides what is held for a trade that it froze. */
export async function buildRuling(
  platform: Platform,
  id: bigint,
  { energyFen, networkFen, deviationFen }: Ruling,
): Promise<[bigint, TradeTerms, BookProof, energyFen: Fen, networkFen: Fen, deviationFen: Fen]> {
  const [trade] = await tradesIn(platform, [id], ["Open"]);
  if (trade === undefined)
    throw new SettleError({
      en: `Nothing is held for trade ${id} any more: it has ended.`,
      zh: `交易 ${id} 已结束，不再有冻结款项。`,
    });
  const { sellerMeter, day } = trade.terms;
  const { book } = runOf(await readMeterDayTrades(platform, sellerMeter, day), new Set([id]));
  return [id, trade.terms, book, energyFen, networkFen, deviationFen];
}

/** Trades in one of the statuses, each once, in the order of opening. */
async function tradesIn(
  platform: Platform,
  ids: readonly bigint[],
  statuses: readonly TradeStatus[],
): Promise<OpenedTrade[]> {
  const found = await readStatuses(platform, ids);
  for (const [id, status] of found) {
    if (status === "None")
      throw new SettleError({
        en: `Trade ${id} was never opened: trades are numbered from 1.`,
        zh: `交易 ${id} 从未成交上链：交易自 1 起编号。`,
      });
  }
  return readTrades(
    platform,
    [...found].flatMap(([id, status]) => (statuses.includes(status) ? [id] : [])),
  );
}

/** Which of some trades are still to be settled. */
async function pendingOf(platform: Platform, trades: readonly OpenedTrade[]): Promise<ReadonlySet<bigint>> {
  const ids = trades.map(({ id }) => id);
  const found = await readStatuses(platform, ids);
  return new Set(ids.filter((id) => UNSETTLED.includes(found.get(id) ?? "None")));
}

/** Where trades stand, in the order of opening. */
export async function readStatuses(platform: Platform, ids: readonly bigint[]): Promise<Map<bigint, TradeStatus>> {
  const escrow = contractAt(platform, tradeEscrow);
  const distinct = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
  const found = await Promise.all(
    distinct.map((id) => readContract(platform.client, { ...escrow, functionName: "statusOf", args: [id] })),
  );
  return new Map(distinct.map((id, index) => [id, nameOf(TRADE_STATUSES, found[index] as number)]));
}

/** The shortest run of a meter day's trades that has all that are wanted, and what its book holds beside it. */
function runOf(all: readonly PlacedTrade[], wanted?: ReadonlySet<bigint>) {
  const isWanted = ({ id }: PlacedTrade) => wanted === undefined || wanted.has(id);
  const [from, to] = [all.findIndex(isWanted), all.findLastIndex(isWanted) + 1];
  const [first, sold] = [all[from], soldBy(all)];
  if (first === undefined || sold === undefined) {
    throw new LogError({
      en: "The node has no log of any of the trades of the meter day: ask another one.",
      zh: "节点没有该计量点当日任何交易的日志：请改用其他节点。",
    });
  }
  const later = all.slice(to).map(({ commitment }) => commitment);
  const book: BookProof = { earlier: first.earlier, later, position: hashCurve(sold.position) };
  return { run: all.slice(from, to), book, offset: encodeOptionalCurve(first.offset) };
}

function settlementOf({ id, terms, energy }: PlacedTrade, price: number): TradeSettlement {
  const { firstSlot, bytes } = encodeStretch(energy);
  return { id, price, terms, firstSlot, energy: bytes };
}
