import type { Price } from "../types/units.ts";
import { allocate } from "./allocate.ts";
import { type Book, type BookSide, type Clearing, type ClearingTerms, checkTerms } from "./book.ts";
import { type Pool, poolOf } from "./pool.ts";
import { priceIn } from "./priceRule.ts";
import { quantile } from "./quantile.ts";
import { reach } from "./reach.ts";
import { type Sweep, sweep } from "./sweep.ts";

/**
 * Clears a book as a uniform-price double auction of the largest volume, in time that grows with the number of orders:
 * nothing is sorted. `test/operator/exchange/clearing/reference/clearBook.ts` is the same in the plainest way.
 */
export function clearBook(book: Book, terms: ClearingTerms): Clearing {
  checkTerms(terms);
  const pool = poolOf(book, terms.floor, terms.cap);
  const found = pool.supplyWh > 0 && pool.demandWh > 0 ? findInterval(book, pool) : undefined;
  if (found === undefined || found.volumeWh === 0) {
    const [sells, buys] = [new Float64Array(book.sells.limit.length), new Float64Array(book.buys.limit.length)];
    return { price: undefined, volumeWh: 0, interval: undefined, sells, buys };
  }
  const { low, high, volumeWh } = found;
  const price = low === high ? low : priceIn(terms.rule, { low, high, ...lastPair(book, low, high, terms) });
  return { price, volumeWh, interval: [low, high], ...allocate(book, price, volumeWh, pool.owners) };
}

/**
 * A price clears without leaving better-priced orders out if sales below it are no more than purchases at or above it, and
 * purchases above it no more than sales at or below it. With W(p) for all energy, of both sides, whose limit is p or less,
 * that says W(p - 1) <= D <= W(p): the price is where the limits of all orders together, in ascending order, pass the
 * demand. So the lower end is a quantile of the pool, and where the sum hits the demand exactly the next limit is the
 * upper end. That volume is the largest, unless the only way to it leads through one owner's own orders.
 */
function findInterval(book: Book, pool: Pool): Sweep {
  const { limit, energy, demandWh, owners } = pool;
  const { key: low, reached } = quantile(limit, energy, demandWh);
  if (reached > demandWh) {
    const { supplyWh, demandWh: atLow, volumeWh } = reach(book, low, low, owners);
    return volumeWh === Math.min(supplyWh, atLow) ? { low, high: low, volumeWh } : sweep(pool);
  }
  let high = 2 ** 31;
  for (let i = 0; i < limit.length; i += 1) if (limit[i]! > low && limit[i]! < high) high = limit[i]!;
  const between = reach(book, low, high, owners);
  const volumeWh = between.supplyWh;
  if (between.volumeWh === volumeWh) return { low, high, volumeWh };
  // Orders at either end may offer another way round.
  const [atLow, atHigh] = [low, high].map((price) => reach(book, price, price, owners).volumeWh === volumeWh);
  if (!atLow && !atHigh) return sweep(pool);
  const together = atLow && atHigh && high === low + 1;
  return { low: atLow ? low : high, high: atLow && !together ? low : high, volumeWh };
}

/** Limits outside the season's count as the season's. */
function lastPair({ sells, buys }: Book, low: Price, high: Price, { floor, cap }: ClearingTerms) {
  return {
    lastSell: Math.max(floor, largestWithin(sells, 1, low)),
    lastBuy: Math.min(cap, -largestWithin(buys, -1, -high)),
  };
}

function largestWithin({ limit, energy }: BookSide, sign: 1 | -1, bound: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < limit.length; i += 1) {
    const value = sign * limit[i]!;
    if (value <= bound && value > largest && energy[i]! > 0) largest = value;
  }
  return largest;
}
