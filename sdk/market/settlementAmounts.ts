import { type Curve, deliveries, sumCurve, ZERO_CURVE } from "../types/curve.ts";
import type { Fen, Wh } from "../types/units.ts";
import {
  amount,
  amountNumerator,
  type Deviation,
  type DeviationRule,
  deviationByDay,
  deviationBySlot,
  networkCharge,
} from "./amount.ts";
import { DEVIATION_PERIODS } from "./enums.ts";
import type { TradeTerms } from "./terms.ts";

/** What a trade is settled by. */
export interface SettlementInput {
  terms: Pick<TradeTerms, "tariff" | "bondFen">;
  /** Sold, Wh per slot. */
  energy: Curve;
  /** What the meter had sold before; undefined for nothing. */
  offset: Curve | undefined;
  /** The final curve. */
  metered: Curve;
  /** Fen per MWh per slot. */
  price: Curve;
  /** The rule of the trade's class of source; `period` is an index into DEVIATION_PERIODS. */
  rule: DeviationRule & { period: number };
  /** Whether the day was finalised late: then everything is invoiced, and the bond caps nothing. */
  late: boolean;
}

/** What a trade comes to. */
export interface Settlement {
  delivered: Curve;
  deliveredWh: Wh;
  energyFen: Fen;
  networkFen: Fen;
  deviationFen: Fen;
}

/** Computes what was delivered, and what is due for it, as the escrow does. */
export function computeSettlement({ terms, energy, offset, metered, price, rule, late }: SettlementInput): Settlement {
  const delivered = deliveries(energy, offset ?? ZERO_CURVE, metered);
  const deliveredWh = sumCurve(delivered);
  const { deviationFen } = deviation(energy, delivered, price, rule);
  return {
    delivered,
    deliveredWh,
    energyFen: amount(delivered, price),
    networkFen: networkCharge(deliveredWh, terms.tariff),
    deviationFen: !late && deviationFen > terms.bondFen ? terms.bondFen : deviationFen,
  };
}

/** What is missing beyond the tolerance, and the charge for it, over the period that the rule names. */
export function deviation(energy: Curve, delivered: Curve, price: Curve, rule: SettlementInput["rule"]): Deviation {
  switch (DEVIATION_PERIODS[rule.period]) {
    case "Slot":
      return deviationBySlot(energy, delivered, price, rule);
    case "Day": {
      const sold = sumCurve(energy);
      return deviationByDay(sold, sold - sumCurve(delivered), amountNumerator(energy, price), rule);
    }
    default:
      return { assessedWh: 0n, deviationFen: 0n };
  }
}
