import type { Match, SlotOrder } from "../../../../../sdk/clearing/ContinuousBook.ts";

/** What `ContinuousBook` keeps and does, with one list that is searched from end to end. */
export class PlainContinuousBook {
  readonly resting: { order: SlotOrder; leftWh: number }[] = [];

  add(order: SlotOrder): Match[] {
    const sign = order.side === "sell" ? -1 : 1;
    const matches: Match[] = [];
    let leftWh = order.energyWh;
    const willing = this.resting
      .filter(({ order: other }) => other.side !== order.side && other.owner !== order.owner)
      .filter(({ order: other }) => sign * other.limit <= sign * order.limit)
      .sort((a, b) => sign * (a.order.limit - b.order.limit));
    for (const other of willing) {
      const energyWh = Math.min(leftWh, other.leftWh);
      if (energyWh === 0) continue;
      leftWh -= energyWh;
      other.leftWh -= energyWh;
      matches.push({ resting: other.order.id, energyWh, price: other.order.limit });
    }
    this.resting.push({ order, leftWh });
    return matches;
  }

  cancel(id: string): number {
    const found = this.resting.find(({ order }) => order.id === id);
    const leftWh = found?.leftWh ?? 0;
    if (found !== undefined) found.leftWh = 0;
    return leftWh;
  }
}
