import { discountPrice } from "../../sdk/finance/discount.ts";
import type { Day } from "../../sdk/types/time.ts";
import type { BasisPoints, Fen } from "../../sdk/types/units.ts";

/** What a bid comes to if it is accepted on a day. */
export interface Quote {
  /** From acceptance to the due day. */
  days: number;
  /** Paid for the units. */
  priceFen: Fen;
  /** What the seller gives up for having the money now. */
  discountFen: Fen;
}

/** Price of units that are accepted on a day: the twin of the desk's `priceOn`. @throws DiscountError if nothing is left */
export function quoteOn(unitsFen: Fen, rateBp: BasisPoints, { on, due }: { on: Day; due: Day }): Quote {
  const days = due - on;
  const priceFen = discountPrice(unitsFen, rateBp, days);
  return { days, priceFen, discountFen: unitsFen - priceFen };
}
