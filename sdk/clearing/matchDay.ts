import { type Curve, valueAt, ZERO_CURVE } from "../types/curve.ts";
import { SLOTS } from "../types/time.ts";
import type { Price } from "../types/units.ts";
import { ContinuousBook } from "./ContinuousBook.ts";
import type { DayOrder } from "./clearDay.ts";

/** Trades of one price a slot, as a round on the chain has it. */
export interface MatchedRound<T extends DayOrder> {
  /** Fen per MWh; 0 in slots in which nobody met. */
  price: Curve;
  legs: { sell: T; buy: T; energy: Curve }[];
}

interface Leg {
  sell: number;
  buy: number;
  energy: number[];
  price: number[];
}

/** By what orders of a day are matched as they come. */
export interface MatchingTerms<T extends DayOrder> {
  /** The season's limits. */
  floor: Price;
  cap: Price;
  /** Orders that must not meet, beside those of one owner. */
  isBarred?: (sell: T, buy: T) => boolean;
}

/**
 * Matches orders of one zone, day and payment term continuously: each, in the order of arrival, trades at once with
 * those before it. Orders that met before have nothing left for each other, so all orders can be given again with what
 * they have left. Trades of different prices in a slot go into different rounds.
 */
export function matchDay<T extends DayOrder>(
  orders: readonly T[],
  { floor, cap, isBarred = () => false }: MatchingTerms<T>,
): MatchedRound<T>[] {
  // A price of 0 says on the chain that nothing was cleared.
  const lowest = Math.max(1, floor);
  const legs = new Map<string, Leg>();
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const book = new ContinuousBook((left, right) => {
      const [sell, buy] = left.side === "sell" ? [left, right] : [right, left];
      return isBarred(orders[Number(sell.id)]!, orders[Number(buy.id)]!);
    });
    orders.forEach(({ side, owner, energy, limit: limits }, place) => {
      const energyWh = valueAt(energy, slot);
      const limit = valueAt(limits, slot);
      if (energyWh === 0 || (side === "sell" ? limit > cap : limit < lowest)) return;
      // Beyond the season's limits nobody trades: an order that would counts as one at them.
      const within = side === "sell" ? Math.max(lowest, limit) : Math.min(cap, limit);
      for (const match of book.add({ id: String(place), side, owner, limit: within, energyWh })) {
        const [sell, buy] = side === "sell" ? [place, Number(match.resting)] : [Number(match.resting), place];
        const leg = legs.get(`${sell} ${buy}`) ?? { sell, buy, energy: [...ZERO_CURVE], price: [...ZERO_CURVE] };
        legs.set(`${sell} ${buy}`, leg);
        leg.energy[slot] = match.energyWh;
        leg.price[slot] = match.price;
      }
    });
  }
  return inRounds([...legs.values()].sort(byArrival)).map(({ price, legs }) => ({
    price,
    legs: legs.map(({ sell, buy, energy }) => ({ sell: orders[sell]!, buy: orders[buy]!, energy })),
  }));
}

/** Who arrived last completed the trade; it met the others in their order. */
function byArrival(left: Leg, right: Leg): number {
  const [last, first] = [Math.max, Math.min].map((of) => of(left.sell, left.buy) - of(right.sell, right.buy));
  return last! || first!;
}

/** Each leg into the first round whose prices are its own, wherever both have one. */
function inRounds(legs: readonly Leg[]): { price: number[]; legs: Leg[] }[] {
  const rounds: { price: number[]; legs: Leg[] }[] = [];
  for (const leg of legs) {
    const fits = ({ price }: { price: number[] }) =>
      leg.price.every((own, slot) => own === 0 || price[slot] === 0 || price[slot] === own);
    let round = rounds.find(fits);
    if (round === undefined) {
      round = { price: [...ZERO_CURVE], legs: [] };
      rounds.push(round);
    }
    round.legs.push(leg);
    for (const [slot, own] of leg.price.entries()) if (own > 0) round.price[slot] = own;
  }
  return rounds;
}
