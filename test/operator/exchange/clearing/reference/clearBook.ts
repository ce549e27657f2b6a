import type { ClearingTerms } from "../../../../../sdk/clearing/book.ts";
import { priceIn } from "../../../../../sdk/clearing/priceRule.ts";
import { apportion, type Price } from "../../../../../sdk/index.ts";

export interface PlainOrder {
  limit: Price;
  energyWh: bigint;
  owner: number;
}

export interface PlainClearing {
  price: Price | undefined;
  volumeWh: bigint;
  interval: readonly [Price, Price] | undefined;
  sells: bigint[];
  buys: bigint[];
}

/** Prices between which nothing changes, and what would trade at them. */
interface Stretch {
  low: Price;
  high: Price;
  volumeWh: bigint;
  /** Sales that ask less, purchases that give more. */
  betterSupplyWh: bigint;
  betterDemandWh: bigint;
}

/** What `clearBook` computes, as one would explain it: every price is tried, and orders are sorted. */
export function clearBookPlainly(
  sells: readonly PlainOrder[],
  buys: readonly PlainOrder[],
  terms: ClearingTerms,
): PlainClearing {
  const stretches = tryPrices(sells, buys, terms);
  let volumeWh = 0n;
  for (const stretch of stretches) if (stretch.volumeWh > volumeWh) volumeWh = stretch.volumeWh;
  if (volumeWh === 0n) {
    return { price: undefined, volumeWh, interval: undefined, sells: sells.map(() => 0n), buys: buys.map(() => 0n) };
  }

  const [low, high] = lowestRun(stretches, volumeWh);
  const within = (limit: Price) => Math.min(terms.cap, Math.max(terms.floor, limit));
  const lastSell = live(sells).reduce(
    (last, { limit }) => (within(limit) <= low ? Math.max(last, within(limit)) : last),
    -1,
  );
  const lastBuy = live(buys).reduce(
    (last, { limit }) => (within(limit) >= high ? Math.min(last, within(limit)) : last),
    2 ** 31,
  );
  const price = priceIn(terms.rule, { low, high, lastSell, lastBuy });

  const asks = sells.map((order) => (order.limit <= price ? order : { ...order, energyWh: 0n }));
  const bids = buys.map((order) =>
    order.limit >= price ? { ...order, limit: -order.limit } : { ...order, energyWh: 0n },
  );
  return { price, volumeWh, interval: [low, high], ...share(asks, bids, volumeWh) };
}

function tryPrices(
  sells: readonly PlainOrder[],
  buys: readonly PlainOrder[],
  { floor, cap }: ClearingTerms,
): Stretch[] {
  const [supplyAt, demandAt] = [new Map<Price, PlainOrder[]>(), new Map<Price, PlainOrder[]>()];
  const put = (book: Map<Price, PlainOrder[]>, price: Price, order: PlainOrder) => {
    const level = book.get(price);
    if (level === undefined) book.set(price, [order]);
    else level.push(order);
  };
  for (const order of live(sells)) if (order.limit <= cap) put(supplyAt, Math.max(floor, order.limit), order);
  for (const order of live(buys)) if (order.limit >= floor) put(demandAt, Math.min(cap, order.limit), order);

  const ofOwner = new Map<number, bigint>();
  const count = (order: PlainOrder, sign: bigint) => {
    ofOwner.set(order.owner, (ofOwner.get(order.owner) ?? 0n) + sign * order.energyWh);
    return order.energyWh;
  };
  let supply = 0n;
  let demand = 0n;
  for (const level of demandAt.values()) for (const order of level) demand += count(order, 1n);

  const volume = () => {
    return smallest(supply, demand, ...[...ofOwner.values()].map((own) => supply + demand - own));
  };
  const stretches: Stretch[] = [];
  const prices = [...new Set([...supplyAt.keys(), ...demandAt.keys()])].sort((a, b) => a - b);
  prices.forEach((price, index) => {
    const betterSupplyWh = supply;
    for (const order of supplyAt.get(price) ?? []) supply += count(order, 1n);
    const leaving = (demandAt.get(price) ?? []).reduce((sum, { energyWh }) => sum + energyWh, 0n);
    stretches.push({ low: price, high: price, volumeWh: volume(), betterSupplyWh, betterDemandWh: demand - leaving });
    for (const order of demandAt.get(price) ?? []) demand -= count(order, -1n);
    const next = prices[index + 1] ?? price;
    if (next > price + 1) {
      const better = { betterSupplyWh: supply, betterDemandWh: demand };
      stretches.push({ low: price + 1, high: next - 1, volumeWh: volume(), ...better });
    }
  });
  return stretches;
}

/** Of the prices of the largest volume those that leave the least better-priced energy out; the lowest that lie together. */
function lowestRun(stretches: readonly Stretch[], volumeWh: bigint): [Price, Price] {
  const beyond = (wh: bigint) => (wh > volumeWh ? wh - volumeWh : 0n);
  const best = stretches.filter((stretch) => stretch.volumeWh === volumeWh);
  const leftOut = (stretch: Stretch) => beyond(stretch.betterSupplyWh) + beyond(stretch.betterDemandWh);
  const least = best.map(leftOut).reduce((a, b) => smallest(a, b));
  const run = best.filter((stretch) => leftOut(stretch) === least);
  let last = 0;
  while (run[last + 1]?.low === run[last]!.high + 1) last += 1;
  return [run[0]!.low, run[last]!.high];
}

/** Orders whose limits ascend from the best price are filled, unless one owner gets more than can be carried out. */
function share(sells: readonly PlainOrder[], buys: readonly PlainOrder[], volumeWh: bigint) {
  const filled = { sells: fill(sells, volumeWh), buys: fill(buys, volumeWh) };
  const ownWh = new Map<number, bigint>();
  for (const [orders, fills] of [[sells, filled.sells] as const, [buys, filled.buys] as const]) {
    for (const [i, { owner }] of orders.entries()) ownWh.set(owner, (ownWh.get(owner) ?? 0n) + fills[i]!);
  }
  const [owner, wh] = [...ownWh].find(([, wh]) => wh > volumeWh) ?? [];
  if (owner === undefined || wh === undefined) return filled;

  const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);
  const sides = [
    { orders: sells, fills: filled.sells },
    { orders: buys, fills: filled.buys },
  ].map(({ orders, fills }) => {
    const own = orders.map((order) => (order.owner === owner ? order : { ...order, energyWh: 0n }));
    const others = orders.map((order) => (order.owner === owner ? { ...order, energyWh: 0n } : order));
    const ownFill = sum(fills.filter((_, i) => orders[i]!.owner === owner));
    return { own, others, ownFill, left: sum(others.map(({ energyWh }) => energyWh)) - (volumeWh - ownFill) };
  });
  const less = apportion(
    wh - volumeWh,
    sides.map(({ left }) => left),
  );
  const [newSells, newBuys] = sides.map(({ own, others, ownFill }, side) => {
    const ownFills = fill(own, ownFill - less[side]!);
    const otherFills = fill(others, volumeWh - ownFill + less[side]!);
    return ownFills.map((wh, i) => wh + otherFills[i]!);
  });
  return { sells: newSells!, buys: newBuys! };
}

/** The best price first; at the margin in proportion to energy, by largest remainder, the earlier order first. */
function fill(orders: readonly PlainOrder[], budgetWh: bigint): bigint[] {
  const fills = orders.map(() => 0n);
  const levels = new Map<Price, number[]>();
  orders.forEach(({ limit, energyWh }, i) => {
    if (energyWh === 0n) return;
    const level = levels.get(limit);
    if (level === undefined) levels.set(limit, [i]);
    else level.push(i);
  });
  let left = budgetWh;
  for (const [, level] of [...levels].sort(([a], [b]) => a - b)) {
    const weights = level.map((i) => orders[i]!.energyWh);
    const total = weights.reduce((sum, wh) => sum + wh, 0n);
    const given = smallest(left, total);
    apportion(given, weights).forEach((wh, index) => {
      fills[level[index]!] = wh;
    });
    left -= given;
    if (left === 0n) break;
  }
  return fills;
}

function live(orders: readonly PlainOrder[]): PlainOrder[] {
  return orders.filter(({ energyWh }) => energyWh > 0n);
}

function smallest(...values: bigint[]): bigint {
  let least = values[0]!;
  for (const value of values) if (value < least) least = value;
  return least;
}
