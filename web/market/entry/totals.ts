import type { Address } from "viem";
import { networkCharge } from "../../../sdk/market/amount.ts";
import { curvesToBands } from "../../../sdk/market/band.ts";
import {
  buildOrder,
  type Order,
  type OrderConditions,
  type OrderCost,
  orderCost,
  type Side,
} from "../../../sdk/market/order.ts";
import { type Curve, valueAt, ZERO_CURVE } from "../../../sdk/types/curve.ts";
import { divideHalfUp } from "../../../sdk/types/rounding.ts";
import type { Day } from "../../../sdk/types/time.ts";
import type { Fen, Price, Wh } from "../../../sdk/types/units.ts";
import type { DayCurves } from "./entryState.ts";

/** What the rules and the chain ask of an order for a meter and a day, read at the node. */
export interface EntryRules {
  conditions: OrderConditions;
  floor: Price;
  cap: Price;
  lotWh: number;
  /** What the meter can deliver in a slot. */
  slotLimitWh: Wh;
  /** What the meter sold of the day already. */
  sold: Curve | undefined;
}

/** Who enters what for when. */
export interface EntryPlace {
  side: Side;
  trader: Address;
  meter: bigint;
  day: Day;
  paymentDays: number;
  continuous: boolean;
  /** Kept for as long as the day is being entered, so that the digest does not change by itself. */
  nonce: number;
}

/** Why a slot cannot be ordered as it is. */
export type Violation = "AboveCapacity" | "PriceOutsideLimits" | "NotInLots";

/** What a day comes to, as the sdk computes it of the order that would be signed. */
export interface EntryTotals {
  order: Order;
  /** Energy at its limit prices. */
  amountFen: Fen;
  /** fen/MWh, rounded half up. */
  averagePrice: Fen;
  /** Paid by a buyer beside the energy; 0 for a seller. */
  networkFen: Fen;
  /** What of the margin it can draw at most, and what it can come to owe. */
  cost: OrderCost;
}

const WH_IN_MWH = 1_000_000n;

/** What a day comes to; nothing while it is empty. */
export function totalsOf(day: DayCurves, place: EntryPlace, { conditions }: EntryRules): EntryTotals | undefined {
  const bands = curvesToBands(day.energy, day.price);
  if (bands.length === 0) return undefined;
  const order = buildOrder({ ...place, bands }, conditions);
  const { totalEnergyWh, totalAmountFen: amountFen } = order;
  return {
    order,
    amountFen,
    averagePrice: divideHalfUp(amountFen * WH_IN_MWH, totalEnergyWh),
    networkFen: place.side === "buy" ? networkCharge(totalEnergyWh, conditions.tariff) : 0n,
    cost: orderCost(order, conditions),
  };
}

/** The slots for which the chain, or the market operator, would refuse the order, each with the first reason. */
export function violationsOf(day: DayCurves, side: Side, rules: EntryRules): Map<number, Violation> {
  const { floor, cap, lotWh, slotLimitWh, sold = ZERO_CURVE } = rules;
  const found = new Map<number, Violation>();
  day.energy.forEach((wh, slot) => {
    if (wh === 0) return;
    const price = valueAt(day.price, slot);
    if (side === "sell" && BigInt(wh + valueAt(sold, slot)) > slotLimitWh) found.set(slot, "AboveCapacity");
    else if (side === "sell" ? price > cap : price < floor) found.set(slot, "PriceOutsideLimits");
    else if (wh % lotWh !== 0) found.set(slot, "NotInLots");
  });
  return found;
}

/** The day with every violation mended the smallest way: energy cut to what is left of the limit and to whole lots, prices to the nearest limit. */
export function mended(day: DayCurves, side: Side, rules: EntryRules): DayCurves {
  const { floor, cap, lotWh, slotLimitWh, sold = ZERO_CURVE } = rules;
  const energy = day.energy.map((wh, slot) => {
    const left = slotLimitWh - BigInt(valueAt(sold, slot));
    const most = side === "buy" || BigInt(wh) <= left ? BigInt(wh) : left > 0n ? left : 0n;
    return Number(most - (most % BigInt(lotWh)));
  });
  const price = day.price.map((value) => (side === "sell" ? Math.min(value, cap) : Math.max(value, floor)));
  return { energy, price };
}
