import { OrderBook, Side } from "nodejs-order-book";
import { clearBook } from "../../sdk/clearing/clearBook.ts";
import { type BookOrder, bookOfStream, bookStream } from "../../test/operator/utils/stream/book.ts";
import type { Figure } from "./figure.ts";
import { exponentOf, fastest } from "./measure.ts";

const TERMS = { rule: "middle", floor: 0, cap: 60_000 } as const;
const SIZES = [62_500, 250_000, 1_000_000];

/** Uniform price over one book of a million orders. */
export const clearOrders: Figure = {
  name: "clearOrdersPerSecond",
  measure: () => {
    const growth = SIZES.map((size) => {
      const book = bookOfStream(bookStream(1, size));
      return { size, seconds: fastest(7, () => clearBook(book, TERMS)) };
    });
    const { size, seconds } = growth.at(-1)!;
    const orders = bookStream(1, size);
    const continuous = size / fastest(1, () => matchContinuously(orders));
    const plain = size / fastest(3, () => sortAndSweep(orders));
    const value = size / seconds;
    return {
      value,
      bar: { atLeast: 1_000_000 },
      peers: { "nodejs-order-book": continuous, "sort and sweep": plain },
      beside: { timesNodejsOrderBook: value / continuous, timesSortAndSweep: value / plain },
      growth,
      exponent: exponentOf(growth),
    };
  },
};

/** The peer matches each order as it arrives, by price, then time. */
function matchContinuously(orders: readonly BookOrder[]): void {
  const book = new OrderBook();
  for (const { id, side, energyWh, limit } of orders) {
    book.limit({ id, side: side === "sell" ? Side.SELL : Side.BUY, size: energyWh, price: limit });
  }
}

/** The textbook's auction: sort both sides, trade until they no longer meet; owners and shares at the margin are left out. */
function sortAndSweep(orders: readonly BookOrder[]): { price: number; fills: Map<string, number> } {
  const sells = orders.filter(({ side }) => side === "sell").sort((a, b) => a.limit - b.limit);
  const buys = orders.filter(({ side }) => side === "buy").sort((a, b) => b.limit - a.limit);
  const fills = new Map<string, number>();
  let [i, j, sold, bought, price] = [0, 0, 0, 0, 0];
  for (
    let [sell, buy] = [sells[0], buys[0]];
    sell && buy && sell.limit <= buy.limit;
    [sell, buy] = [sells[i], buys[j]]
  ) {
    price = Math.floor((sell.limit + buy.limit) / 2);
    const wh = Math.min(sell.energyWh - sold, buy.energyWh - bought);
    [sold, bought] = [sold + wh, bought + wh];
    fills.set(sell.id, sold).set(buy.id, bought);
    if (sold === sell.energyWh) [i, sold] = [i + 1, 0];
    if (bought === buy.energyWh) [j, bought] = [j + 1, 0];
  }
  return { price, fills };
}
