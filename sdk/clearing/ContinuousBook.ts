import { DujiangError } from "../types/errors.ts";
import { LANE_LIMIT, type Price } from "../types/units.ts";

/** An order of one slot between rounds. */
export interface SlotOrder {
  id: string;
  side: "sell" | "buy";
  /** Who trades: an order never meets another of the same value. */
  owner: string | number | bigint;
  limit: Price;
  energyWh: number;
}

/** A trade of an arriving order with one that rests, at the price of the one that rests. */
export interface Match {
  resting: string;
  energyWh: number;
  price: Price;
}

/** Thrown when an order cannot enter the book. */
export class SlotOrderError extends DujiangError {}

interface Resting {
  order: SlotOrder;
  leftWh: number;
}

/**
 * Orders of one zone, day, slot and payment term between rounds: who arrives trades at once with what rests at its limit
 * or better, by price, then time, and rests with what is left. Orders of one owner pass each other by, so a book may rest
 * crossed between them. `test/operator/exchange/clearing/reference/continuous.ts` is the same in the plainest way.
 */
export class ContinuousBook {
  readonly #sells = new Ladder(1);
  readonly #buys = new Ladder(-1);
  readonly #resting = new Map<string, Resting>();
  readonly #isBarred: (left: SlotOrder, right: SlotOrder) => boolean;

  /** @param isBarred whether two orders must not meet, beside those of one owner */
  constructor(isBarred: (left: SlotOrder, right: SlotOrder) => boolean = () => false) {
    this.#isBarred = isBarred;
  }

  /** The best price that rests on a side. */
  best(side: SlotOrder["side"]): Price | undefined {
    return this.#ladder(side).prices[0];
  }

  /** What rests on a side: price and energy, the best price first. */
  depth(side: SlotOrder["side"]): { price: Price; energyWh: number }[] {
    const ladder = this.#ladder(side);
    return ladder.prices.map((price) => {
      const energyWh = [...ladder.at(price)].reduce((sum, { leftWh }) => sum + leftWh, 0);
      return { price, energyWh };
    });
  }

  leftOf(id: string): number {
    return this.#resting.get(id)?.leftWh ?? 0;
  }

  /** Lets an order in; returns what it traded at once. */
  add(order: SlotOrder): Match[] {
    checkOrder(order);
    if (this.#resting.has(order.id)) {
      throw new SlotOrderError({
        en: `Order ${order.id} rests in this book already: an order enters once.`,
        zh: `报单 ${order.id} 已在此订单簿中：每份报单只进入一次。`,
      });
    }
    const matches: Match[] = [];
    const other = this.#ladder(order.side === "sell" ? "buy" : "sell");
    let leftWh = order.energyWh;
    for (let place = 0; leftWh > 0 && place < other.prices.length; ) {
      const price = other.prices[place]!;
      if (!accepts(order, price)) break;
      for (const resting of other.at(price)) {
        if (leftWh === 0) break;
        if (resting.order.owner === order.owner || this.#isBarred(order, resting.order)) continue;
        const energyWh = Math.min(leftWh, resting.leftWh);
        leftWh -= energyWh;
        resting.leftWh -= energyWh;
        if (resting.leftWh === 0) this.#remove(resting);
        matches.push({ resting: resting.order.id, energyWh, price });
      }
      // A price at which nothing rests any more is gone, and the next stands in its place.
      if (other.prices[place] === price) place += 1;
    }
    if (leftWh > 0) {
      const resting = { order, leftWh };
      this.#resting.set(order.id, resting);
      this.#ladder(order.side).put(resting);
    }
    return matches;
  }

  /** Takes an order out; returns the energy that had not traded. */
  cancel(id: string): number {
    const resting = this.#resting.get(id);
    if (resting === undefined) return 0;
    this.#remove(resting);
    return resting.leftWh;
  }

  #remove(resting: Resting): void {
    this.#resting.delete(resting.order.id);
    this.#ladder(resting.order.side).remove(resting.order);
  }

  #ladder(side: SlotOrder["side"]): Ladder {
    return side === "sell" ? this.#sells : this.#buys;
  }
}

/** One side: prices from the best on, at each the orders in the order of arrival. */
class Ladder {
  readonly prices: Price[] = [];
  readonly #direction: 1 | -1;
  readonly #levels = new Map<Price, Map<string, Resting>>();

  constructor(direction: 1 | -1) {
    this.#direction = direction;
  }

  at(price: Price): Iterable<Resting> {
    return this.#levels.get(price)?.values() ?? [];
  }

  put(resting: Resting): void {
    const { id, limit } = resting.order;
    const level = this.#levels.get(limit);
    if (level !== undefined) {
      level.set(id, resting);
      return;
    }
    this.#levels.set(limit, new Map([[id, resting]]));
    this.prices.splice(this.#place(limit), 0, limit);
  }

  remove({ id, limit }: SlotOrder): void {
    const level = this.#levels.get(limit);
    if (level?.delete(id) !== true || level.size > 0) return;
    this.#levels.delete(limit);
    this.prices.splice(this.#place(limit), 1);
  }

  /** Where a price stands, or would stand: found by halving. */
  #place(price: Price): number {
    let [low, high] = [0, this.prices.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.prices[middle]! - price) * this.#direction < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function accepts({ side, limit }: SlotOrder, price: Price): boolean {
  return side === "sell" ? price >= limit : price <= limit;
}

function checkOrder({ id, limit, energyWh }: SlotOrder): void {
  const lane = (value: number) => Number.isInteger(value) && value >= 0 && value < LANE_LIMIT;
  if (lane(limit) && lane(energyWh)) return;
  throw new SlotOrderError({
    en: `Order ${id} asks for ${energyWh} Wh at ${limit} fen/MWh: both are whole numbers from 0 to 2147483647.`,
    zh: `报单 ${id} 为 ${energyWh} Wh、${limit} 分/MWh：二者均须为 0 至 2147483647 的整数。`,
  });
}
