import { type Hex, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, marketOf, type Platform } from "../chain/client.ts";
import { bandsToCurves } from "../market/band.ts";
import { readDayTrades } from "../market/opened.ts";
import type { Order } from "../market/order.ts";
import { orderDigest } from "../market/typedData.ts";
import { isSignedByKey } from "../signing/verify.ts";
import { type Curve, hashCurve, sameCurve } from "../types/curve.ts";
import type { Sentence } from "../types/sentence.ts";
import type { Day } from "../types/time.ts";
import { clearRound, type RoundOrder, type RoundTerms } from "./clearRound.ts";
import { roundSeed } from "./pairing/roundSeed.ts";

/** An order of a round as the operator publishes it, in the order of arrival. */
export interface PublishedOrder {
  order: Order;
  /** None if it was signed on chain. */
  signature: Hex | undefined;
  /** The participant that traded its meter: orders of one never meet. */
  owner: number;
  /** Wh per slot that it could still trade. */
  energy: Curve;
}

/** An auction as the operator publishes it once its day's gate has closed. */
export interface PublishedRound {
  round: number;
  zone: number;
  day: Day;
  paymentDays: number;
  price: Curve;
  /** Of the block that drew who trades with whom. */
  blockHash: Hex;
  terms: Omit<RoundTerms, "priced">;
  /** Whether it was cleared at prices that the chain had already. */
  isPriced: boolean;
  orders: readonly PublishedOrder[];
}

/** What a round comes to when it is cleared again, and what of it is not as published or as the chain has it. */
export interface Recomputed {
  price: Curve | undefined;
  trades: { sellOrder: Hex; buyOrder: Hex; energy: Curve }[];
  /** Empty if all holds. */
  problems: Sentence[];
}

/**
 * Clears a published round again and compares it with the chain: signatures, the price of zone and day, and every trade that the
 * round opened. What the chain left out of a round is no problem; what it opened beyond it is.
 */
export async function recomputeRound(platform: Platform, published: PublishedRound): Promise<Recomputed> {
  const { round, zone, day, paymentDays, price, orders } = published;
  const problems = await checkOrders(platform, published);
  const market = marketOf(platform);
  const book = orders.map(
    ({ order, owner, energy }): RoundOrder => ({
      ...{ id: orderDigest(order, market), side: order.side, owner, energy, limit: bandsToCurves(order.bands).price },
    }),
  );
  const terms = { ...published.terms, priced: published.isPriced ? price : undefined };
  const seed = roundSeed({ round: BigInt(round), day, blockHash: published.blockHash });
  const cleared = clearRound(book, terms, seed);
  const trades = (cleared?.trades ?? []).map(({ sell, buy, energy }) => ({
    ...{ sellOrder: sell.id, buyOrder: buy.id, energy },
  }));
  if (cleared === undefined || !sameCurve(cleared.price, price)) problems.push(otherPrice(round));

  const escrow = contractAt(platform, tradeEscrow);
  const args = [day, zone, paymentDays] as const;
  const kept = await readContract(platform.client, { ...escrow, functionName: "priceHashOf", args });
  if (kept !== zeroHash && kept !== hashCurve(price)) problems.push(otherHash(round, kept));
  const legs = new Map(trades.map((trade) => [`${trade.sellOrder} ${trade.buyOrder}`, trade.energy]));
  for (const trade of [...(await readDayTrades(platform, day)).values()].flat()) {
    if (trade.round !== BigInt(round)) continue;
    const energy = legs.get(`${trade.sellOrder} ${trade.buyOrder}`);
    if (energy === undefined || !sameCurve(energy, trade.energy)) problems.push(otherTrade(round, trade.id));
  }
  return { price: cleared?.price, trades, problems };
}

async function checkOrders(
  platform: Platform,
  { round, day, paymentDays, orders }: PublishedRound,
): Promise<Sentence[]> {
  const [market, escrow] = [marketOf(platform), contractAt(platform, tradeEscrow)];
  const problems: Sentence[] = [];
  for (const [place, { order, signature, energy }] of orders.entries()) {
    const digest = orderDigest(order, market);
    const args = [order.trader, digest] as const;
    const isSigned =
      signature === undefined
        ? await readContract(platform.client, { ...escrow, functionName: "isPresigned", args })
        : isSignedByKey(digest, signature, order.trader);
    const signed = bandsToCurves(order.bands).energy;
    const isOf = order.day === day && order.paymentDays === paymentDays;
    if (!isSigned || !isOf || energy.some((wh, slot) => wh > (signed[slot] ?? 0)))
      problems.push(notSigned(round, place));
  }
  return problems;
}

const notSigned = (round: number, place: number): Sentence => ({
  en: `Order ${place} of round ${round} is not as its trader signed it, or of another book: what was published is not the book.`,
  zh: `第 ${round} 轮的第 ${place} 张报单与交易者所签不符，或属于另一订单簿：公布内容并非该订单簿。`,
});

const otherPrice = (round: number): Sentence => ({
  en: `Round ${round} does not clear to the prices published with these orders: an order is missing, added or altered.`,
  zh: `第 ${round} 轮按所公布的报单复算，得不到所公布的价格：报单有缺失、增加或改动。`,
});

const otherHash = (round: number, hash: Hex): Sentence => ({
  en: `The prices published of round ${round} are not those of the chain, whose hash is ${hash}.`,
  zh: `第 ${round} 轮公布的价格与链上不符，链上哈希为 ${hash}。`,
});

const otherTrade = (round: number, trade: bigint): Sentence => ({
  en: `Trade ${trade} was opened by round ${round}, but does not follow from these orders: who trades with whom was not drawn as published.`,
  zh: `交易 ${trade} 由第 ${round} 轮成交，却不能由这些报单复算得出：配对与公布的抽签不符。`,
});
