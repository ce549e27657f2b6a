import { apportion } from "../types/rounding.ts";
import { LANE_LIMIT, type Price } from "../types/units.ts";
import type { Book, BookSide } from "./book.ts";
import { proRata } from "./proRata.ts";
import { quantile } from "./quantile.ts";

export interface Allocation {
  sells: Float64Array;
  buys: Float64Array;
}

/** 1 where a lower limit is the better price, -1 where a higher one is. */
type Direction = 1 | -1;

/**
 * Who trades how much of a volume at a price: the better price first, pro rata at the margin. Fills can be carried out if
 * sales and purchases add up to the volume and no owner has more than the volume on both sides together (`reach.ts`, with
 * fills in place of orders). An owner who has is cut back to exactly the volume, and others take its place.
 */
export function allocate(book: Book, price: Price, volumeWh: number, owners: number): Allocation {
  const { sells, buys } = book;
  const filled = { sells: new Float64Array(sells.limit.length), buys: new Float64Array(buys.limit.length) };
  fill(sells, 1, price, volumeWh, filled.sells);
  fill(buys, -1, price, volumeWh, filled.buys);

  const totals = new Float64Array(owners);
  for (let i = 0; i < filled.sells.length; i += 1) totals[sells.owner[i]!]! += filled.sells[i]!;
  for (let i = 0; i < filled.buys.length; i += 1) totals[buys.owner[i]!]! += filled.buys[i]!;
  // Two owners above the volume would be more than both sides together.
  const owner = totals.findIndex((wh) => wh > volumeWh);
  if (owner >= 0) cutBack(book, price, volumeWh, owner, totals[owner]! - volumeWh, filled);
  return filled;
}

/**
 * Gives what the owner has too much of to others, on both sides in proportion to what they have left at this price. There
 * is enough of it, because the volume lies within reach.
 */
function cutBack(
  { sells, buys }: Book,
  price: Price,
  volumeWh: number,
  owner: number,
  excessWh: number,
  filled: Allocation,
): void {
  const [ownSells, otherSells] = split(sells, owner);
  const [ownBuys, otherBuys] = split(buys, owner);
  const [soldWh, boughtWh] = [filledOf(sells, filled.sells, owner), filledOf(buys, filled.buys, owner)];
  const leftToSell = eligible(otherSells, 1, price) - (volumeWh - soldWh);
  const leftToBuy = eligible(otherBuys, -1, price) - (volumeWh - boughtWh);
  const [lessSold, lessBought] = apportion(BigInt(excessWh), [BigInt(leftToSell), BigInt(leftToBuy)]).map(Number) as [
    number,
    number,
  ];
  fill(ownSells, 1, price, soldWh - lessSold, filled.sells);
  fill(otherSells, 1, price, volumeWh - soldWh + lessSold, filled.sells);
  fill(ownBuys, -1, price, boughtWh - lessBought, filled.buys);
  fill(otherBuys, -1, price, volumeWh - boughtWh + lessBought, filled.buys);
}

/** Fills the orders of a side that hold energy, the best price first, up to a budget that is within their reach. */
function fill(side: BookSide, direction: Direction, price: Price, budgetWh: number, filled: Float64Array): void {
  const { limit, energy } = side;
  let better = 0;
  for (let i = 0; i < limit.length; i += 1) if ((price - limit[i]!) * direction > 0) better += energy[i]!;
  // Beyond the season's limits, and where an owner is cut back, the margin lies at a better price than everybody's.
  const margin = better > budgetWh ? marginOf(side, direction, price, budgetWh) : price;

  const marginal: number[] = [];
  let [left, total] = [budgetWh, 0];
  for (let i = 0; i < limit.length; i += 1) {
    if (energy[i] === 0) continue;
    const advantage = (margin - limit[i]!) * direction;
    filled[i] = advantage > 0 ? energy[i]! : 0;
    if (advantage > 0) left -= energy[i]!;
    if (advantage !== 0) continue;
    marginal.push(i);
    total += energy[i]!;
  }
  if (left > 0) proRata(marginal, energy, total, left, filled);
}

/** The worst limit that is needed to fill a budget. */
function marginOf({ limit, energy }: BookSide, direction: Direction, price: Price, budgetWh: number): Price {
  if (budgetWh === 0) return direction === 1 ? -1 : LANE_LIMIT;
  const key = (price: Price) => (direction === 1 ? price : LANE_LIMIT - 1 - price);
  const weights = energy.map((wh, i) => ((price - limit[i]!) * direction >= 0 ? wh : 0));
  return key(quantile(limit.map(key), weights, budgetWh).key);
}

function eligible({ limit, energy }: BookSide, direction: Direction, price: Price): number {
  let total = 0;
  for (let i = 0; i < limit.length; i += 1) if ((price - limit[i]!) * direction >= 0) total += energy[i]!;
  return total;
}

function split(side: BookSide, owner: number): readonly [own: BookSide, others: BookSide] {
  const only = (own: boolean) => ({
    ...side,
    energy: side.energy.map((wh, i) => ((side.owner[i] === owner) === own ? wh : 0)),
  });
  return [only(true), only(false)];
}

function filledOf(side: BookSide, filled: Float64Array, owner: number): number {
  return filled.reduce((sum, wh, i) => (side.owner[i] === owner ? sum + wh : sum), 0);
}
