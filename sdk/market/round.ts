import type { Address } from "viem";
import { type Curve, encodeCurve } from "../types/curve.ts";
import { DujiangError } from "../types/errors.ts";
import type { Day } from "../types/time.ts";
import type { Sold } from "./opened.ts";
import type { Order, SignedOrder } from "./order.ts";
import { type PackableOrder, packOrders, packSales } from "./packedRound.ts";

/** Thrown when a round would be refused as a whole, or part of it left out, by how it is put together. */
export class RoundError extends DujiangError {}

/** One purchase out of a sale. */
export interface RoundLeg {
  buy: SignedOrder;
  /** Wh per slot. */
  energy: Curve;
}

/** One sell order with the legs that buy from it. */
export interface RoundSale {
  sell: SignedOrder;
  /**
   * What the selling meter has sold of the day before this submission; `readSold` reads it. Leave it out where that is
   * nothing; it is not looked at of a further sale of the same meter.
   */
  sold?: Sold | undefined;
  legs: readonly RoundLeg[];
}

/** What the market cleared, or a part of it that fits into one transaction. */
export interface RoundInput {
  /** From 1 up; a round may take several submissions, with the same prices. */
  round: bigint;
  day: Day;
  /** Of each of its orders. */
  paymentDays: number;
  /** Whether it was matched continuously, and opens before the cut-off, or cleared by an auction, and opens after it. */
  continuous: boolean;
  prices: readonly { zone: number; price: Curve }[];
  sales: readonly RoundSale[];
}

/** The argument of the escrow's `openRound`. */
export type Round = ReturnType<typeof buildRound>;

/**
 * Puts a submission together: traders in ascending order, each buy order once. Sales of one meter follow each other: what it
 * has sold before a second one holds the ids of the first one's trades, which only opening gives, so the escrow goes on from
 * there.
 */
export function buildRound({ round, day, paymentDays, continuous, prices, sales }: RoundInput) {
  if (round <= 0n)
    throw new RoundError({
      en: `Rounds are numbered from 1, not ${round}: 0 marks bilateral trades.`,
      zh: `出清轮次自 1 起编号，而不是 ${round}：0 表示双边交易。`,
    });
  const buys = [...new Set(sales.flatMap(({ legs }) => legs.map(({ buy }) => buy)))];
  const sells = sales.map(({ sell }) => sell);
  const where = { day, paymentDays, continuous };
  checkOrders(sells, "sell", where);
  checkOrders(buys, "buy", where);
  checkMeters(sells);
  const traders = ascending([...sells, ...buys].map(({ order }) => order.trader));
  const indexOf = new Map(traders.map((trader, index) => [BigInt(trader), index]));
  const signed = (item: SignedOrder) => signedOrder(item, indexOf.get(BigInt(item.order.trader)) ?? 0);
  return {
    round,
    day,
    paymentDays,
    continuous,
    traders,
    prices: prices.map(({ zone, price }) => ({ zone, price: encodeCurve(price) })),
    buys: packOrders(buys.map(signed)),
    sales: packSales(
      sales.map(({ sell, sold, legs }, index) => ({
        order: signed(sell),
        sold: sales[index - 1]?.sell.order.meter === sell.order.meter ? "as left" : sold,
        legs: legs.map(({ buy, energy }) => ({ buy: buys.indexOf(buy), energy })),
      })),
    ),
  };
}

const SIDES = { buy: { en: "buy order", zh: "买单" }, sell: { en: "sell order", zh: "卖单" } };

/** Twice the same order would be read twice from what it was filled to before: the second fill would undo the first. */
function checkOrders(
  orders: readonly SignedOrder[],
  side: Order["side"],
  { day, paymentDays, continuous }: Pick<RoundInput, "day" | "paymentDays" | "continuous">,
): void {
  const seen = new Set<string>();
  for (const { order } of orders) {
    const name = {
      en: `The ${SIDES[order.side].en} of ${order.trader} with nonce ${order.nonce}`,
      zh: `${order.trader} 序号为 ${order.nonce} 的${SIDES[order.side].zh}`,
    };
    if (order.side !== side)
      throw new RoundError({
        en: `${name.en} stands where a ${SIDES[side].en} belongs.`,
        zh: `${name.zh}所在位置应为${SIDES[side].zh}。`,
      });
    if (order.day !== day)
      throw new RoundError({
        en: `${name.en} is for day ${order.day}, the round for day ${day}.`,
        zh: `${name.zh}的交割日为 ${order.day}，而本轮出清为 ${day}。`,
      });
    if (order.paymentDays !== paymentDays) {
      throw new RoundError({
        en: `${name.en} is paid after ${order.paymentDays} days, the round after ${paymentDays}.`,
        zh: `${name.zh}的账期为 ${order.paymentDays} 天，而本轮出清为 ${paymentDays} 天。`,
      });
    }
    if (continuous && !order.continuous)
      throw new RoundError({ en: `${name.en} is for the auction alone.`, zh: `${name.zh}仅参加集中出清。` });
    const key = `${BigInt(order.trader)} ${order.nonce}`;
    if (seen.has(key))
      throw new RoundError({
        en: `${name.en} is given twice: name it once, with all of its legs.`,
        zh: `${name.zh}重复出现：请只列一次，并附其全部成交。`,
      });
    seen.add(key);
  }
}

function checkMeters(sells: readonly SignedOrder[]): void {
  const seen = new Set<bigint>();
  for (const [index, { order }] of sells.entries()) {
    if (seen.has(order.meter) && sells[index - 1]?.order.meter !== order.meter) {
      throw new RoundError({
        en: `Meter ${order.meter} sells again after another one: put its sales right behind each other.`,
        zh: `计量点 ${order.meter} 的卖单被其他计量点隔开：请将其连续排列。`,
      });
    }
    seen.add(order.meter);
  }
}

function ascending(accounts: readonly Address[]): Address[] {
  const distinct = new Map(accounts.map((account) => [BigInt(account), account]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
}

function signedOrder({ order, signature, fill }: SignedOrder, trader: number): PackableOrder {
  const { side: _side, trader: _trader, day: _day, paymentDays: _paymentDays, ...terms } = order;
  return { ...terms, trader, signature, fill };
}
