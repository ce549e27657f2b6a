import { type Curve, valueAt } from "../types/curve.ts";
import { divideHalfUp, divideUp } from "../types/rounding.ts";
import type { BasisPoints, Fen, Price, Tariff, Wh } from "../types/units.ts";

/** What a seller owes for energy it contracted and did not deliver: the figures of the market's rule of this name. */
export interface DeviationRule {
  /** Part of the contracted energy that may be missing without consequence. */
  toleranceBp: BasisPoints;
  /** Part of the contract price charged on what is assessed. */
  rateBp: BasisPoints;
  /** Charged on what is assessed beside that. */
  priceFenPerMWh: Price;
}

/** What a seller fell short by beyond the tolerance, and what that costs. */
export interface Deviation {
  assessedWh: Wh;
  deviationFen: Fen;
}

const WH_IN_MWH = 1_000_000n;
const TARIFF_IN_FEN = 1_000n;
const ONE_BP = 10_000n;

/** Sum of Wh x price before it is divided: the full precision of a day's amount. */
export function amountNumerator(energy: Curve, price: Curve): bigint {
  return energy.reduce((sum, wh, slot) => sum + BigInt(wh) * BigInt(valueAt(price, slot)), 0n);
}

/** What energy costs at its prices, rounded half up once. */
export function amount(energy: Curve, price: Curve): Fen {
  return divideHalfUp(amountNumerator(energy, price), WH_IN_MWH);
}

/** What the grid company is owed for carrying energy, rounded half up once. */
export function networkCharge(energyWh: Wh, tariff: Tariff): Fen {
  return divideHalfUp(energyWh * tariff, WH_IN_MWH * TARIFF_IN_FEN);
}

/** What a seller pledges when a trade is opened: a part of the energy amount, rounded up. */
export function bond(amountFen: Fen, bondRateBp: BasisPoints): Fen {
  return divideUp(amountFen * BigInt(bondRateBp), ONE_BP);
}

/** Deviation taken slot by slot: every slot has its own tolerance and its own price; the charge is rounded once. */
export function deviationBySlot(energy: Curve, delivered: Curve, price: Curve, rule: DeviationRule): Deviation {
  const fixed = BigInt(rule.priceFenPerMWh) * ONE_BP;
  let assessedWh = 0n;
  let numerator = 0n;
  energy.forEach((wh, slot) => {
    const contracted = BigInt(wh);
    const assessed = beyondTolerance(contracted, contracted - BigInt(valueAt(delivered, slot)), rule.toleranceBp);
    assessedWh += assessed;
    numerator += assessed * (BigInt(valueAt(price, slot)) * BigInt(rule.rateBp) + fixed);
  });
  return { assessedWh, deviationFen: divideHalfUp(numerator, WH_IN_MWH * ONE_BP) };
}

/**
 * Deviation taken over the day: one tolerance on the day's energy, charged at the day's average contract price.
 * @param contractNumerator amountNumerator of the contracted day
 */
export function deviationByDay(
  totalEnergyWh: Wh,
  shortWh: Wh,
  contractNumerator: bigint,
  rule: DeviationRule,
): Deviation {
  if (totalEnergyWh === 0n) return { assessedWh: 0n, deviationFen: 0n };
  const assessedWh = beyondTolerance(totalEnergyWh, shortWh, rule.toleranceBp);
  const numerator =
    assessedWh * (contractNumerator * BigInt(rule.rateBp) + BigInt(rule.priceFenPerMWh) * ONE_BP * totalEnergyWh);
  return { assessedWh, deviationFen: divideHalfUp(numerator, totalEnergyWh * WH_IN_MWH * ONE_BP) };
}

/** The tolerance is rounded up, so that rounding Wh never count as deviation. */
function beyondTolerance(contracted: Wh, short: Wh, toleranceBp: BasisPoints): Wh {
  const beyond = short - divideUp(contracted * BigInt(toleranceBp), ONE_BP);
  return beyond > 0n ? beyond : 0n;
}
