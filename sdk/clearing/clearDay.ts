import { type Curve, valueAt } from "../types/curve.ts";
import { SLOTS } from "../types/time.ts";
import { type BookSide, type ClearingTerms, lane } from "./book.ts";
import { clearBook } from "./clearBook.ts";

/** An order of one zone, day and payment term; orders are given in the order of their arrival. */
export interface DayOrder {
  side: "sell" | "buy";
  /** Who trades: the same value for orders that must not meet. */
  owner: string | number | bigint;
  /** Wh per slot that can still trade. */
  energy: Curve;
  /** Fen per MWh per slot, without network charge. */
  limit: Curve;
}

/** What clearing a day came to. */
export interface DayClearing<T extends DayOrder> {
  /** Fen per MWh; 0 in slots in which nobody met. */
  price: Curve;
  /** Wh per slot. */
  volume: Curve;
  /** What each order that trades was given, in the order of arrival. */
  fills: { order: T; energy: Curve }[];
}

/**
 * Clears the 96 books of a day, each for itself.
 * @param priced prices that are fixed already, 0 where nobody trades
 */
export function clearDay<T extends DayOrder>(
  orders: readonly T[],
  terms: ClearingTerms,
  priced?: Curve,
): DayClearing<T> {
  const owners = new Map<DayOrder["owner"], number>();
  const numberOf = (owner: DayOrder["owner"]) => {
    const known = owners.get(owner) ?? owners.size;
    owners.set(owner, known);
    return known;
  };
  const numbers = orders.map(({ owner }) => numberOf(owner));
  const price = new Array<number>(SLOTS).fill(0);
  const volume = new Array<number>(SLOTS).fill(0);
  const filled = new Map<number, number[]>();

  for (let slot = 0; slot < SLOTS; slot += 1) {
    const fixed = priced?.[slot];
    if (fixed === 0) continue;
    const within = fixed === undefined ? terms : { ...terms, floor: fixed, cap: fixed };
    const sells = sideOf(orders, numbers, "sell", slot);
    const buys = sideOf(orders, numbers, "buy", slot);
    const cleared = clearBook({ sells: sells.side, buys: buys.side }, within);
    price[slot] = cleared.price ?? 0;
    volume[slot] = cleared.volumeWh;
    for (const [places, wh] of [[sells.places, cleared.sells] as const, [buys.places, cleared.buys] as const]) {
      places.forEach((place, i) => {
        if (wh[i] === 0) return;
        const energy = filled.get(place) ?? new Array<number>(SLOTS).fill(0);
        energy[slot] = wh[i]!;
        filled.set(place, energy);
      });
    }
  }
  const fills = [...filled].sort(([a], [b]) => a - b).map(([place, energy]) => ({ order: orders[place]!, energy }));
  return { price, volume, fills };
}

function sideOf(orders: readonly DayOrder[], numbers: readonly number[], side: DayOrder["side"], slot: number) {
  const places: number[] = [];
  orders.forEach((order, place) => {
    // Only what is nothing is left out, so that what is no energy is refused below.
    if (order.side === side && valueAt(order.energy, slot) !== 0) places.push(place);
  });
  const book: BookSide = {
    limit: Uint32Array.from(places, (place) => lane(valueAt(orders[place]!.limit, slot), "limit")),
    energy: Float64Array.from(places, (place) => lane(valueAt(orders[place]!.energy, slot), "energy")),
    owner: Uint32Array.from(places, (place) => numbers[place]!),
  };
  return { places, side: book };
}
