import type { Price } from "../types/units.ts";
import type { Book } from "./book.ts";

/** What could trade if sales accepted `sellPrice` and purchases gave `buyPrice`. */
export interface Reach {
  supplyWh: number;
  demandWh: number;
  volumeWh: number;
}

/**
 * Orders of one owner must not meet, so the largest volume is a maximum flow from sales to purchases in which each sale
 * reaches every purchase but its owner's. A cut keeps some sales on the side of the source. None: it costs the supply S.
 * Of two owners or more: together they reach every purchase, so it costs at least the demand D, and all sales cost just
 * that. Of one owner o: at best all of its sales, and it costs what others sell and what others buy, S - s + D - d.
 * Maximum flow is minimum cut:
 *
 *     volume = min(S, D, min over owners (S + D - s - d))
 *
 * The last term is below the others only for an owner with more than half of S + D: at most one at any price.
 */
export function reach(book: Book, sellPrice: Price, buyPrice: Price, owners: number): Reach {
  const { sells, buys } = book;
  const totals = new Float64Array(owners);
  let supplyWh = 0;
  let demandWh = 0;
  for (let i = 0; i < sells.limit.length; i += 1) {
    if (sells.limit[i]! > sellPrice) continue;
    supplyWh += sells.energy[i]!;
    totals[sells.owner[i]!]! += sells.energy[i]!;
  }
  for (let i = 0; i < buys.limit.length; i += 1) {
    if (buys.limit[i]! < buyPrice) continue;
    demandWh += buys.energy[i]!;
    totals[buys.owner[i]!]! += buys.energy[i]!;
  }
  let largest = 0;
  for (let owner = 0; owner < owners; owner += 1) if (totals[owner]! > largest) largest = totals[owner]!;
  return { supplyWh, demandWh, volumeWh: Math.min(supplyWh, demandWh, supplyWh + demandWh - largest) };
}
