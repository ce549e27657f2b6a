import type { Hex } from "viem";
import type { Curve } from "../types/curve.ts";
import type { ClearingTerms } from "./book.ts";
import { clearDay, type DayOrder } from "./clearDay.ts";
import { pair } from "./pairing/pair.ts";

/** An order in the book of a round; orders are given in the order of their arrival. */
export interface RoundOrder extends DayOrder {
  /** The order's digest. */
  id: Hex;
}

/** What a round is cleared by. */
export interface RoundTerms extends ClearingTerms {
  /** The least energy of a trade, Wh: what an order has beyond whole lots takes no part. */
  lotWh: number;
  /** Prices that the chain has already, where a book is cleared again; 0 where nobody trades. */
  priced?: Curve | undefined;
}

/** What a round came to: its prices, and what it is to open, in the order of delivery. */
export interface ClearedRound<T extends RoundOrder> {
  price: Curve;
  trades: { sell: T; buy: T; energy: Curve }[];
}

/** Clears a book and pairs what was cleared; undefined where nobody meets. */
export function clearRound<T extends RoundOrder>(
  orders: readonly T[],
  { lotWh, priced, ...terms }: RoundTerms,
  seed: Hex,
): ClearedRound<T> | undefined {
  const inLots = orders.map((order) => ({ order, ...order, energy: order.energy.map((wh) => Math.floor(wh / lotWh)) }));
  // A price of 0 stands for a slot in which nothing was cleared.
  const { price, fills } = clearDay(inLots, { ...terms, floor: Math.max(1, terms.floor) }, priced);
  if (fills.length === 0) return undefined;
  const cleared = fills.map(({ order, energy }) => ({ ...order, energy: energy.map((lots) => lots * lotWh) }));
  const [sells, buys] = (["sell", "buy"] as const).map((side) => cleared.filter((order) => order.side === side));
  const trades = pair(sells ?? [], buys ?? [], seed).flatMap(({ sell, legs }) =>
    legs.map(({ buy, energy }) => ({ sell: sell.order as T, buy: buy.order as T, energy })),
  );
  return { price: priced ?? price, trades };
}
