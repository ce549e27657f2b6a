import fc from "fast-check";
import { type Book, bookSide, type ClearingTerms } from "../../../../sdk/clearing/book.ts";
import { PRICE_RULES } from "../../../../sdk/clearing/priceRule.ts";
import type { PlainOrder } from "./reference/clearBook.ts";

export interface Orders {
  sells: PlainOrder[];
  buys: PlainOrder[];
}

export interface Shape {
  size: number;
  prices: number;
  wh: number;
  owners: number;
}

/** Few prices make ties, few owners make owners with most of a book, and often an order holds nothing. */
export function anyOrders({ size, prices, wh, owners }: Shape): fc.Arbitrary<Orders> {
  const order = fc.record({
    limit: fc.integer({ min: 0, max: prices }),
    energyWh: fc
      .oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 9, arbitrary: fc.integer({ min: 0, max: wh }) })
      .map(BigInt),
    owner: fc.integer({ min: 0, max: owners - 1 }),
  });
  const side = fc.array(order, { maxLength: size });
  return fc.record({ sells: side, buys: side });
}

export const anyRule = fc.constantFrom(...PRICE_RULES);

/** The season's limits, often wider than all orders. */
export const anyTerms = (prices: number): fc.Arbitrary<ClearingTerms> =>
  fc
    .tuple(fc.integer({ min: 0, max: prices }), fc.integer({ min: 0, max: prices }), fc.boolean(), anyRule)
    .map(([a, b, narrow, rule]) =>
      narrow ? { floor: Math.min(a, b), cap: Math.max(a, b), rule } : { floor: 0, cap: 2 ** 31 - 1, rule },
    );

export function bookOf({ sells, buys }: Orders): Book {
  const side = (orders: readonly PlainOrder[]) =>
    bookSide(orders.map((order) => ({ ...order, energyWh: Number(order.energyWh) })));
  return { sells: side(sells), buys: side(buys) };
}
