import { bandsToCurves, type Curve, type RoundLeg, type SignedOrder, SLOTS, valueAt } from "../../sdk/index.ts";

/** One price for everybody, and who buys how much from whom. */
export interface Clearing {
  /** Fen per MWh; 0 in slots in which nobody met. */
  price: Curve;
  legs: Map<SignedOrder, RoundLeg[]>;
}

interface Standing {
  order: SignedOrder;
  energy: Curve;
  limit: Curve;
}

/**
 * Clears a zone's orders slot by slot as a uniform-price auction of the largest volume: cheapest sales meet dearest
 * purchases, and everybody trades half-way between the last two that met.
 */
export function clear(sells: readonly SignedOrder[], buys: readonly SignedOrder[]): Clearing {
  const price = new Array<number>(SLOTS).fill(0);
  const filled = new Map<SignedOrder, Map<SignedOrder, number[]>>();
  const [offers, demands] = [sells.map(standing), buys.map(standing)];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const waiting = (side: Standing[], direction: 1 | -1) =>
      side
        .map(({ order, energy, limit }) => ({ order, left: valueAt(energy, slot), limit: valueAt(limit, slot) }))
        .filter(({ left }) => left > 0)
        .sort((a, b) => direction * (a.limit - b.limit));
    const [supply, use] = [waiting(offers, 1), waiting(demands, -1)];
    for (let sell = supply.shift(), buy = use.shift(); sell && buy && sell.limit <= buy.limit; ) {
      const wh = Math.min(sell.left, buy.left);
      const ofSale = filled.get(sell.order) ?? new Map<SignedOrder, number[]>();
      const leg = ofSale.get(buy.order) ?? new Array<number>(SLOTS).fill(0);
      leg[slot] = wh;
      filled.set(sell.order, ofSale.set(buy.order, leg));
      price[slot] = Math.floor((sell.limit + buy.limit) / 2);
      sell.left -= wh;
      buy.left -= wh;
      if (sell.left === 0) sell = supply.shift();
      if (buy.left === 0) buy = use.shift();
    }
  }
  const legs = [...filled].map(
    ([sell, purchases]) => [sell, [...purchases].map(([buy, energy]) => ({ buy, energy }))] as const,
  );
  return { price, legs: new Map(legs) };
}

function standing(order: SignedOrder): Standing {
  const { energy, price } = bandsToCurves(order.order.bands);
  return { order, energy, limit: price };
}
