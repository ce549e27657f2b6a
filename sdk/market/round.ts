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
  if (round <= 0n) throw new RoundError(`Rounds are numbered from 1, not ${round}: 0 marks bilateral trades.`);
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

/** Twice the same order would be read twice from what it was filled to before: the second fill would undo the first. */
function checkOrders(
  orders: readonly SignedOrder[],
  side: Order["side"],
  { day, paymentDays, continuous }: Pick<RoundInput, "day" | "paymentDays" | "continuous">,
): void {
  const seen = new Set<string>();
  for (const { order } of orders) {
    const name = `The ${order.side} order of ${order.trader} with nonce ${order.nonce}`;
    if (order.side !== side) throw new RoundError(`${name} stands where a ${side} order belongs.`);
    if (order.day !== day) throw new RoundError(`${name} is for day ${order.day}, the round for day ${day}.`);
    if (order.paymentDays !== paymentDays) {
      throw new RoundError(`${name} is paid after ${order.paymentDays} days, the round after ${paymentDays}.`);
    }
    if (continuous && !order.continuous) throw new RoundError(`${name} is for the auction alone.`);
    const key = `${BigInt(order.trader)} ${order.nonce}`;
    if (seen.has(key)) throw new RoundError(`${name} is given twice: name it once, with all of its legs.`);
    seen.add(key);
  }
}

function checkMeters(sells: readonly SignedOrder[]): void {
  const seen = new Set<bigint>();
  for (const [index, { order }] of sells.entries()) {
    if (seen.has(order.meter) && sells[index - 1]?.order.meter !== order.meter) {
      throw new RoundError(
        `Meter ${order.meter} sells again after another one: put its sales right behind each other.`,
      );
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
