import { Fraction } from "./fraction.ts";

/**
 * The market's formulas as its rules write them: in 元, MWh and years, as fractions, one rounding at the end. Nothing of
 * the product is used here, so that contracts and sdk are compared with the rules and not with each other.
 */

const ratio = (value: bigint | number, of: bigint | number) => new Fraction(BigInt(value), BigInt(of));
const sum = (parts: Fraction[]) => parts.reduce((total, part) => total.plus(part), ratio(0, 1));
const atLeastZero = (value: Fraction) => (value.numerator < 0n ? ratio(0, 1) : value);

export interface Slot {
  soldWh: number;
  deliveredWh: number;
  /** fen per MWh */
  price: number;
}

export interface DeviationRule {
  period: "exempt" | "slot" | "day";
  /** k⁻, in basis points of what was sold. */
  toleranceBp: number;
  /** Part of the contract price, in basis points. */
  rateBp: number;
  /** fen per MWh beside it */
  fixedPrice: number;
}

/** Energy x price. */
export function energyFen(slots: Slot[]): bigint {
  return sum(slots.map(({ deliveredWh, price }) => ratio(deliveredWh, 1_000_000).times(ratio(price, 1)))).halfUp();
}

/** Energy x (tariff of the buyer's voltage - tariff of the highest voltage used), never below zero; tariffs in 元 per kWh. */
export function networkFen(energyWh: bigint, buyers: [bigint, bigint], highest: [bigint, bigint]): bigint {
  const tariff = atLeastZero(ratio(...buyers).minus(ratio(...highest)));
  return ratio(energyWh, 1_000).times(tariff).times(ratio(100, 1)).halfUp();
}

/** Sold x (1 - k⁻) - delivered, where that is more than nothing, at the contract's price x rate + the fixed price. */
export function deviationFen(slots: Slot[], { period, toleranceBp, rateBp, fixedPrice }: DeviationRule): bigint {
  if (period === "exempt") return 0n;
  const rate = ratio(rateBp, 10_000);
  const assessed = (soldWh: number, deliveredWh: number) => {
    // Whole Wh are metered; a tolerance that is none reaches to the next.
    const tolerated = ratio(BigInt(soldWh) * BigInt(toleranceBp), 10_000).ceil();
    return atLeastZero(ratio(BigInt(soldWh) - BigInt(deliveredWh) - tolerated, 1_000_000));
  };
  if (period === "slot") {
    const charges = slots.map(({ soldWh, deliveredWh, price }) =>
      assessed(soldWh, deliveredWh).times(ratio(price, 1).times(rate).plus(ratio(fixedPrice, 1))),
    );
    return sum(charges).halfUp();
  }
  const soldWh = slots.reduce((total, slot) => total + slot.soldWh, 0);
  const deliveredWh = slots.reduce((total, slot) => total + slot.deliveredWh, 0);
  if (soldWh === 0) return 0n;
  const average = sum(slots.map((slot) => ratio(slot.soldWh, soldWh).times(ratio(slot.price, 1))));
  return assessed(soldWh, deliveredWh)
    .times(average.times(rate).plus(ratio(fixedPrice, 1)))
    .halfUp();
}

/** Every begun fen of the energy amount x rate. */
export function bondFen(amountFen: bigint, rateBp: number): bigint {
  return ratio(amountFen * BigInt(rateBp), 10_000).ceil();
}

/** Face x (1 - rate x days / 360). */
export function presentValueFen(faceFen: bigint, rateBp: number, days: number): bigint {
  const discount = ratio(rateBp, 10_000).times(ratio(days, 360));
  return ratio(faceFen, 1).times(ratio(1, 1).minus(discount)).halfUp();
}

/** Simple interest, actual/360, on what is unpaid in each stretch; rounded once over all of them. */
export function lateFeeFen(stretches: { unpaidFen: bigint; days: number }[], rateBp: number): bigint {
  const parts = stretches.map(({ unpaidFen, days }) => ratio(unpaidFen, 1).times(ratio(days, 360)));
  return sum(parts).times(ratio(rateBp, 10_000)).halfUp();
}

/** Days from one calendar date to another, as a calendar counts them. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** The first day from `date` on that is neither Saturday nor Sunday nor announced as a day off. */
export function businessDayFrom(date: string, daysOff: readonly string[]): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (weekday !== 0 && weekday !== 6 && !daysOff.includes(date)) return date;
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return businessDayFrom(next, daysOff);
}
