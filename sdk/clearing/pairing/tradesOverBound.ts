import type { ClearedOrder, PairedSale } from "./pair.ts";

export interface TradeCount {
  trades: number;
  /** Sellers + buyers - connected groups: fewer trades cannot connect as many orders into as few groups. */
  bound: number;
  /** trades / bound. */
  ratio: number;
}

/** How many trades a pairing takes, beside the least that its groups of orders could do with. */
export function tradesOverBound(sales: readonly PairedSale<ClearedOrder>[]): TradeCount {
  const group = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = group.get(root); next !== undefined; next = group.get(root)) root = next;
    if (root !== id) group.set(id, root);
    return root;
  };
  let trades = 0;
  // Each join of two groups leaves one group less, so joins are orders less groups.
  let joined = 0;
  for (const { sell, legs } of sales) {
    for (const { buy } of legs) {
      trades += 1;
      const [a, b] = [rootOf(sell.id), rootOf(buy.id)];
      if (a === b) continue;
      group.set(a, b);
      joined += 1;
    }
  }
  return { trades, bound: joined, ratio: joined === 0 ? 1 : trades / joined };
}
