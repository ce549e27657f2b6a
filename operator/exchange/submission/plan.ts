import type { Hex } from "viem";
import type { LegRow } from "../tables.ts";

/** What planning asks of a leg. */
export type PlannedLeg = Pick<LegRow, "id" | "round" | "place" | "sellOrder" | "buyOrder" | "sellerMeter" | "attempts">;

/** What transactions on their way change: nothing else may build on it before it is known what became of them. */
export interface Busy {
  orders: ReadonlySet<Hex>;
  meters: ReadonlySet<bigint>;
}

/** Generous: a leg of 96 slots uses some 100,000, an order with its signature 30,000. */
const LEG_GAS = 140_000;
const ORDER_GAS = 45_000;
const BASE_GAS = 200_000;

/**
 * The legs of the next transaction, out of those that wait in the order of rounds and places: of one round, as many as the
 * gas allows, and none that touches an order or a meter day on its way. What is put off holds back what comes after it on
 * the same meter, in later rounds too, because the order of opening is the order of delivery.
 */
export function planBatch<Leg extends PlannedLeg>(waiting: readonly Leg[], busy: Busy, gasLimit: number): Leg[] {
  const putOff = new Set<bigint>();
  for (const [, legs] of Map.groupBy(waiting, ({ round }) => round)) {
    const chosen = planRound(legs, busy, gasLimit, putOff);
    if (chosen.length > 0) return chosen;
  }
  return [];
}

function planRound<Leg extends PlannedLeg>(
  legs: readonly Leg[],
  busy: Busy,
  gasLimit: number,
  putOff: Set<bigint>,
): Leg[] {
  const chosen: Leg[] = [];
  const orders = new Set<Hex>();
  let gas = BASE_GAS;
  for (const leg of legs) {
    const { sellOrder, buyOrder, sellerMeter } = leg;
    const isBusy = busy.meters.has(sellerMeter) || busy.orders.has(sellOrder) || busy.orders.has(buyOrder);
    if (isBusy || putOff.has(sellerMeter)) {
      putOff.add(sellerMeter);
      continue;
    }
    const fresh = [sellOrder, buyOrder].filter((order) => !orders.has(order));
    gas += LEG_GAS + fresh.length * ORDER_GAS;
    if (gas > gasLimit && chosen.length > 0) break;
    for (const order of fresh) orders.add(order);
    chosen.push(leg);
  }
  return chosen;
}

/**
 * The legs of a transaction by sale, as the chain counts them. Sales of one meter follow each other: what it has sold before
 * the first of them is known, and before the next only to the chain, which gives the trades of the first their numbers.
 */
export function salesOf<Leg extends Pick<PlannedLeg, "sellOrder" | "sellerMeter" | "place">>(
  legs: readonly Leg[],
): [Hex, Leg[]][] {
  const inPlace = [...legs].sort((a, b) => a.place - b.place);
  const byMeter = [...Map.groupBy(inPlace, ({ sellerMeter }) => sellerMeter).values()];
  return byMeter.flatMap((ofMeter) => [...Map.groupBy(ofMeter, ({ sellOrder }) => sellOrder)]);
}
