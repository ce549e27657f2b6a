import { type Hash, type Hex, keccak256 } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { type BlockRange, blockAt, LogError, type PlatformEvent, readEvents } from "../chain/logs.ts";
import { addCurves, type Curve, decodeCurve, decodeStretch, hashCurve, ZERO_CURVE } from "../types/curve.ts";
import { DAY_SECONDS, type Day, formatDay, startOfDay } from "../types/time.ts";
import type { Side } from "./order.ts";
import { scheduleHash, type TradeTerms } from "./terms.ts";

/** A trade as the escrow logged it at opening. */
export interface OpenedTrade {
  id: bigint;
  /** 0 for a bilateral trade. */
  round: bigint;
  /** EIP-712 digests of what was signed; the same for a bilateral trade. */
  sellOrder: Hex;
  buyOrder: Hex;
  terms: TradeTerms;
  /** Sold, Wh per slot. */
  energy: Curve;
  blockNumber: bigint;
  transactionHash: Hash;
}

/** A trade with the position of its meter day before it; none if it was the first. */
export interface PlacedTrade extends OpenedTrade {
  offset: Curve | undefined;
}

/** How far ahead of its day a trade can be opened at the very most. */
const MAX_ADVANCE_DAYS = 92;

/** Trades by their ids, in the order asked for. */
export async function readTrades(platform: Platform, ids: readonly bigint[]): Promise<OpenedTrade[]> {
  if (ids.length === 0) return [];
  const events = await readEvents(platform, "TradeEscrow", ["TradeOpened"], { id: [...new Set(ids)] });
  const found = new Map(events.map((event) => [event.args.id, openedTrade(event)]));
  return ids.map((id) => {
    const trade = found.get(id);
    if (trade !== undefined) return trade;
    throw new LogError(`The node has no log of trade ${id}: it was never opened here, or the node dropped old logs.`);
  });
}

/** The trades that filled an order. */
export async function readOrderTrades(
  platform: Platform,
  side: Side,
  digest: Hex,
  range?: BlockRange,
): Promise<OpenedTrade[]> {
  const wanted = side === "sell" ? { sellOrder: digest } : { buyOrder: digest };
  return (await readEvents(platform, "TradeEscrow", ["TradeOpened"], wanted, range)).map(openedTrade);
}

/** All trades of a day by the meter that sold, in the order of opening, each confirmed by the hash in its terms. */
export async function readDayTrades(platform: Platform, day: Day): Promise<Map<bigint, PlacedTrade[]>> {
  return (await readTradesOfDays(platform, { from: day, to: day })).get(day) ?? new Map();
}

/** As `readDayTrades`, of each day from one to another that has any, both included: many days cost the node as much as one. */
export async function readTradesOfDays(
  platform: Platform,
  days: { from: Day; to: Day },
): Promise<Map<Day, Map<bigint, PlacedTrade[]>>> {
  const first = await openingBlocks(platform, days.from);
  const last = days.from === days.to ? first : await openingBlocks(platform, days.to);
  const range = { from: first.from, to: last.to };
  const events = await readEvents(platform, "TradeEscrow", ["TradeOpened"], {}, range);
  const trades = events.map(openedTrade).filter(({ terms: { day } }) => days.from <= day && day <= days.to);
  const byDay = [...Map.groupBy(trades, ({ terms }) => terms.day)].map(([day, ofDay]) => {
    const byMeter = Map.groupBy(ofDay, ({ terms }) => terms.sellerMeter);
    return [day, new Map([...byMeter].map(([meter, sold]) => [meter, placeTrades(sold, meter, day)]))] as const;
  });
  return new Map(byDay);
}

/** All trades that a meter sold of a day, in the order of opening. */
export async function readMeterDayTrades(platform: Platform, meter: bigint, day: Day): Promise<PlacedTrade[]> {
  return (await readDayTrades(platform, day)).get(meter) ?? [];
}

/** Puts the trades of a meter day in order, each with what was sold before it. */
export function placeTrades(trades: readonly OpenedTrade[], meter: bigint, day: Day): PlacedTrade[] {
  let position: Curve | undefined;
  const ascending = [...trades].sort((a, b) => (a.id < b.id ? -1 : 1));
  return ascending.map((trade) => {
    const offset = position;
    if (scheduleHash(trade.energy, offset) !== trade.terms.scheduleHash) {
      throw new LogError(
        `The logs of meter ${meter} on ${formatDay(day)} do not add up at trade ${trade.id}: a trade before it is missing from this node; ask another one.`,
      );
    }
    position = addCurves(offset ?? ZERO_CURVE, trade.energy);
    return { ...trade, offset };
  });
}

/** What a meter has sold of a day: what `open` and `openRound` ask for. Undefined if nothing was sold. */
export async function readPosition(platform: Platform, meter: bigint, day: Day): Promise<Curve | undefined> {
  const escrow = contractOf(platform, "TradeEscrow");
  const known = await readContract(platform.client, { ...escrow, functionName: "positionHashOf", args: [meter, day] });
  if (BigInt(known) === 0n) return undefined;
  const position = (await readMeterDayTrades(platform, meter, day)).reduce(
    (sum, { energy }) => addCurves(sum, energy),
    ZERO_CURVE,
  );
  // 1 stands for a position whose surplus was minted: no hash to compare with any more.
  if (BigInt(known) !== 1n && hashCurve(position) !== known) {
    throw new LogError(
      `The trades of meter ${meter} on ${formatDay(day)} do not add up to its position on chain: the node is missing logs, or a trade was opened meanwhile; read again.`,
    );
  }
  return position;
}

/** The price curves that trades were made at, by their hashes. */
export async function readPrices(platform: Platform, trades: readonly OpenedTrade[]): Promise<Map<Hex, Curve>> {
  const prices = new Map<Hex, Curve>();
  for (const [day, ofDay] of Map.groupBy(trades, ({ terms }) => terms.day)) {
    const priceHash = [...new Set(ofDay.map(({ terms }) => terms.priceHash))];
    const range = await openingBlocks(platform, day);
    for (const { args } of await readEvents(platform, "TradeEscrow", ["PriceCurve"], { priceHash }, range)) {
      if (keccak256(args.price) === args.priceHash) prices.set(args.priceHash, decodeCurve(args.price));
    }
    const missing = ofDay.find(({ terms }) => !prices.has(terms.priceHash));
    if (missing !== undefined) {
      throw new LogError(
        `The node has no log of the prices of trade ${missing.id}: it is missing logs; ask another one.`,
      );
    }
  }
  return prices;
}

/** The blocks in which trades of a day could be opened, and in which their prices were emitted. */
export async function openingBlocks(platform: Platform, day: Day): Promise<BlockRange> {
  const begin = startOfDay(day);
  const [from, to] = await Promise.all([
    blockAt(platform, begin - MAX_ADVANCE_DAYS * DAY_SECONDS),
    blockAt(platform, begin),
  ]);
  return { from, to };
}

function openedTrade({ args, blockNumber, transactionHash }: PlatformEvent<"TradeEscrow", "TradeOpened">): OpenedTrade {
  const { firstSlot, energy, ...logged } = args;
  return { ...logged, energy: decodeStretch(Number(firstSlot), energy), blockNumber, transactionHash };
}
