import { concat, type Hex } from "viem";
import { type Curve, curve, sameCurve, ZERO_CURVE } from "../../types/curve.ts";
import { SLOTS } from "../../types/time.ts";
import { distinctSlots } from "./distinctSlots.ts";
import { drawPlaces } from "./drawPlaces.ts";
import { handOut } from "./handOut.ts";
import { type Owner, PairingError, type Side } from "./leg.ts";
import { prune } from "./prune.ts";

/** An order of one zone, day and payment term, with what it was cleared to. */
export interface ClearedOrder {
  /** The order's digest. */
  id: Hex;
  owner: Owner;
  /** Wh per slot. */
  energy: Curve;
}

/** A sale with its legs in the order in which they are opened, and so delivered. */
export interface PairedSale<T extends ClearedOrder> {
  sell: T;
  legs: { buy: T; energy: Curve }[];
}

/**
 * Finds few trades that carry what a round cleared. Who meets whom, which legs are tried to be left out, and who is
 * delivered first is drawn by the seed and not by what anybody ordered: see docs/market/clearing.md.
 */
export function pair<T extends ClearedOrder>(sells: readonly T[], buys: readonly T[], seed: Hex): PairedSale<T>[] {
  checkOrders([...sells, ...buys]);
  const idOf = ({ id }: ClearedOrder) => id;
  const drawn = (orders: readonly T[]) =>
    drawPlaces(
      seed,
      orders.filter(({ energy }) => !sameCurve(energy, ZERO_CURVE)),
      idOf,
    );
  const [drawnSells, drawnBuys] = [drawn(sells), drawn(buys)];
  const { first, kindOf } = distinctSlots([...drawnSells, ...drawnBuys].map(({ energy }) => energy));
  const side = ({ owner, energy }: T): Side => ({ owner, left: Float64Array.from(first, (slot) => energy[slot]!) });

  const legs = prune(handOut(drawnSells.map(side), drawnBuys.map(side), first.length));
  const legsOf = drawnSells.map((): PairedSale<T>["legs"] => []);
  for (const { sell, buy, energy } of legs) {
    const whole = curve(Array.from({ length: SLOTS }, (_, slot) => energy[kindOf[slot]!]!));
    legsOf[sell]!.push({ buy: drawnBuys[buy]!, energy: whole });
  }
  return drawnSells.map((sell, index) => ({
    sell,
    legs: drawPlaces(seed, legsOf[index]!, ({ buy }) => concat([sell.id, buy.id])),
  }));
}

function checkOrders(orders: readonly ClearedOrder[]): void {
  const seen = new Set<Hex>();
  for (const { id, energy } of orders) {
    if (seen.has(id))
      throw new PairingError({
        en: `Order ${id} is given twice: name it once, with all that it was cleared to.`,
        zh: `报单 ${id} 重复出现：请只列一次，并附其全部出清结果。`,
      });
    seen.add(id);
    curve(energy);
  }
}
