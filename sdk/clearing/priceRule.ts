import type { Price } from "../types/units.ts";

/** Which price of the clearing interval everybody trades at. */
export type PriceRule = "middle" | "marginalSell" | "marginalBuy" | "lastPair";

/** Every price rule, by its name in settings. */
export const PRICE_RULES: readonly PriceRule[] = ["middle", "marginalSell", "marginalBuy", "lastPair"];

export interface Margins {
  /** The clearing interval. */
  low: Price;
  high: Price;
  /** The dearest sale that accepts the lower end, the cheapest purchase that accepts the upper end. */
  lastSell: Price;
  lastBuy: Price;
}

/**
 * The marginal sale would accept less where a purchase left out offers more, so its price is the lower end of the
 * interval; likewise the marginal purchase's is the upper end. Half a fen is rounded down.
 */
export function priceIn(rule: PriceRule, { low, high, lastSell, lastBuy }: Margins): Price {
  switch (rule) {
    case "middle":
      return Math.floor((low + high) / 2);
    case "marginalSell":
      return low;
    case "marginalBuy":
      return high;
    case "lastPair":
      return Math.min(high, Math.max(low, Math.floor((lastSell + lastBuy) / 2)));
  }
}
