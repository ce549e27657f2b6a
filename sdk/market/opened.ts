import { concat, type Hash, type Hex, keccak256, slice, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { type BlockRange, blockAt, eventsOf, LogError, type PlatformEvent } from "../chain/logs.ts";
import {
  addCurves,
  type Curve,
  decodeCurve,
  decodeStretch,
  encodeCurve,
  hashCurve,
  ZERO_CURVE,
} from "../types/curve.ts";
import { groupBy } from "../types/groupBy.ts";
import { DAY_SECONDS, type Day, formatDay, startOfDay } from "../types/time.ts";
import type { Side } from "./order.ts";
import { chainTrades, scheduleHash, type TradeTerms, termsCommitment } from "./terms.ts";

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

/** A trade with its place in what its meter day sold. */
export interface PlacedTrade extends OpenedTrade {
  /** Position of the meter day before it; none if it was the first. */
  offset: Curve | undefined;
  /** Hash of the trades before it, each chained to those before; 0 if it was the first. */
  earlier: Hex;
  /** What stands for it in the book of its day, see `termsCommitment`. */
  commitment: Hex;
}

/** What a meter day has sold: all that opening asks for, and what its book on chain is a hash of. */
export interface Sold {
  /** Wh per slot. */
  position: Curve;
  /** Hash of its trades, chained in the order of opening, see `chainTrades`. */
  trades: Hex;
}

/** The lower 25 bytes of a hash are kept. */
const BOOK_FROM = 7;
const NOTHING_SOLD: Hex = `0x${"0".repeat(50)}`;

/** How far ahead of its day a trade can be opened at the very most. */
const MAX_ADVANCE_DAYS = 92;

/** Trades by their ids, in the order asked for. */
export async function readTrades(platform: Platform, ids: readonly bigint[]): Promise<OpenedTrade[]> {
  if (ids.length === 0) return [];
  const events = await eventsOf(platform, tradeEscrow, ["TradeOpened"], { id: [...new Set(ids)] });
  const found = new Map(events.map((event) => [event.args.id, openedTrade(event)]));
  return ids.map((id) => {
    const trade = found.get(id);
    if (trade !== undefined) return trade;
    throw new LogError({
      en: `The node has no log of trade ${id}: it was never opened here, or the node dropped old logs.`,
      zh: `节点没有交易 ${id} 的日志：该交易未在此成交上链，或节点已删除旧日志。`,
    });
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
  return (await eventsOf(platform, tradeEscrow, ["TradeOpened"], wanted, range)).map(openedTrade);
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
  const events = await eventsOf(platform, tradeEscrow, ["TradeOpened"], {}, range);
  const trades = events.map(openedTrade).filter(({ terms: { day } }) => days.from <= day && day <= days.to);
  const byDay = [...groupBy(trades, ({ terms }) => terms.day)].map(([day, ofDay]) => {
    const byMeter = groupBy(ofDay, ({ terms }) => terms.sellerMeter);
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
  let sold: Sold | undefined;
  const ascending = [...trades].sort((a, b) => (a.id < b.id ? -1 : 1));
  return ascending.map((trade) => {
    const { position: offset, trades: earlier } = sold ?? { position: undefined, trades: zeroHash };
    if (scheduleHash(trade.energy, offset) !== trade.terms.scheduleHash) {
      throw new LogError({
        en: `The logs of meter ${meter} on ${formatDay(day)} do not add up at trade ${trade.id}: a trade before it is missing from this node; ask another one.`,
        zh: `计量点 ${meter} 在 ${formatDay(day)} 的日志在交易 ${trade.id} 处不一致：节点缺少此前的交易；请改用其他节点。`,
      });
    }
    const placed = { ...trade, offset, earlier, commitment: termsCommitment(trade.id, trade.terms) };
    sold = soldWith(placed);
    return placed;
  });
}

/** What a meter day has sold by the last of its trades; undefined if there are none. */
export function soldBy(trades: readonly PlacedTrade[]): Sold | undefined {
  const last = trades.at(-1);
  return last && soldWith(last);
}

function soldWith({ offset, energy, earlier, commitment }: PlacedTrade): Sold {
  return { position: addCurves(offset ?? ZERO_CURVE, energy), trades: chainTrades(earlier, commitment) };
}

/** What a meter day has sold, as `open`, `openRound` and `mintSurplus` ask for it: 416 bytes, or none where that is nothing. */
export function encodeSold(sold: Sold | undefined): Hex {
  return sold === undefined ? "0x" : concat([encodeCurve(sold.position), sold.trades]);
}

/** What the escrow keeps of what a meter day has sold, 25 bytes: `bookOf` answers it. */
export function bookHash(sold: Sold | undefined): Hex {
  if (sold === undefined) return NOTHING_SOLD;
  return slice(keccak256(concat([hashCurve(sold.position), sold.trades])), BOOK_FROM);
}

/**
 * What a meter has sold of a day, out of the logs, checked against its book on chain while that is kept: until every trade of
 * the day has ended and its surplus is minted. Undefined if nothing was sold.
 */
export async function readSold(platform: Platform, meter: bigint, day: Day): Promise<Sold | undefined> {
  const book = await readBook(platform, meter, day);
  if (book.known === NOTHING_SOLD && !book.minted) return undefined;
  const sold = soldBy(await readMeterDayTrades(platform, meter, day));
  if (!isInBook(book, sold)) {
    throw new LogError({
      en: `The trades of meter ${meter} on ${formatDay(day)} are not those of its book on chain: the node is missing logs, or a trade was opened meanwhile; read again.`,
      zh: `计量点 ${meter} 在 ${formatDay(day)} 的交易与链上记录不符：节点缺少日志，或其间有新交易；请重新读取。`,
    });
  }
  return sold;
}

/** What the escrow keeps of a meter day. */
export interface KeptBook {
  /** See `bookHash`. */
  known: Hex;
  /** Whether its surplus was minted: only then can its book be gone. */
  minted: boolean;
}

/** Reads the book of a meter day. */
export async function readBook(platform: Platform, meter: bigint, day: Day): Promise<KeptBook> {
  const escrow = contractAt(platform, tradeEscrow);
  const [known, minted] = await Promise.all([
    readContract(platform.client, { ...escrow, functionName: "bookOf", args: [meter, day] }),
    readContract(platform.client, { ...escrow, functionName: "isSurplusMinted", args: [meter, day] }),
  ]);
  return { known, minted };
}

/** Whether the book of a meter day is of what it sold; one that is gone contradicts nothing. */
export function isInBook({ known, minted }: KeptBook, sold: Sold | undefined): boolean {
  return known === bookHash(sold) || (known === NOTHING_SOLD && minted);
}

/** The price curves that trades were made at, by their hashes. */
export async function readPrices(platform: Platform, trades: readonly OpenedTrade[]): Promise<Map<Hex, Curve>> {
  const prices = new Map<Hex, Curve>();
  for (const [day, ofDay] of groupBy(trades, ({ terms }) => terms.day)) {
    const priceHash = [...new Set(ofDay.map(({ terms }) => terms.priceHash))];
    const range = await openingBlocks(platform, day);
    for (const { args } of await eventsOf(platform, tradeEscrow, ["PriceCurve"], { priceHash }, range)) {
      if (keccak256(args.price) === args.priceHash) prices.set(args.priceHash, decodeCurve(args.price));
    }
    const missing = ofDay.find(({ terms }) => !prices.has(terms.priceHash));
    if (missing !== undefined) {
      throw new LogError({
        en: `The node has no log of the prices of trade ${missing.id}: it is missing logs; ask another one.`,
        zh: `节点没有交易 ${missing.id} 价格的日志：节点缺少日志；请改用其他节点。`,
      });
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
