import type { Price } from "../types/units.ts";
import { MaxTree } from "./MaxTree.ts";
import type { Pool } from "./pool.ts";

export interface Sweep {
  low: Price;
  high: Price;
  volumeWh: number;
}

/**
 * The clearing interval where one owner has more than half of a book, and the best price may lie anywhere: every limit and
 * every gap between two limits is tried, in ascending order. Of the prices of the largest volume those are taken that
 * leave the least of the better-priced energy out; if they do not lie together, the lowest that do.
 */
export function sweep({ limit, energy, owner, sells, demandWh, owners }: Pool): Sweep {
  const order = Uint32Array.from(limit.keys()).sort((a, b) => limit[a]! - limit[b]!);
  const totals = new MaxTree(owners);
  for (let i = sells; i < limit.length; i += 1) totals.add(owner[i]!, energy[i]!);
  let supply = 0;
  let demand = demandWh;

  // A row is a limit, or the prices between two limits.
  const rows = 2 * order.length;
  const [low, high] = [new Uint32Array(rows), new Uint32Array(rows)];
  const [volume, better] = [new Float64Array(rows), [new Float64Array(rows), new Float64Array(rows)] as const];
  let count = 0;
  const record = (from: Price, to: Price, betterSupply: number, betterDemand: number) => {
    [low[count], high[count]] = [from, to];
    volume[count] = Math.min(supply, demand, supply + demand - totals.max);
    [better[0][count], better[1][count]] = [betterSupply, betterDemand];
    count += 1;
  };

  for (let begin = 0, end = 0; begin < order.length; begin = end) {
    const price = limit[order[begin]!]!;
    while (end < order.length && limit[order[end]!] === price) end += 1;
    const level = order.subarray(begin, end);
    const supplyBelow = supply;
    let leaving = 0;
    for (const i of level) {
      if (i >= sells) {
        leaving += energy[i]!;
        continue;
      }
      supply += energy[i]!;
      totals.add(owner[i]!, energy[i]!);
    }
    record(price, price, supplyBelow, demand - leaving);
    for (const i of level) if (i >= sells) totals.add(owner[i]!, -energy[i]!);
    demand -= leaving;
    const next = end < order.length ? limit[order[end]!]! : price;
    if (next > price + 1) record(price + 1, next - 1, supply, demand);
  }

  let volumeWh = 0;
  for (let row = 0; row < count; row += 1) volumeWh = Math.max(volumeWh, volume[row]!);
  const leftOut = (row: number) => Math.max(0, better[0][row]! - volumeWh) + Math.max(0, better[1][row]! - volumeWh);
  let least = Number.POSITIVE_INFINITY;
  let first = 0;
  for (let row = 0; row < count; row += 1) {
    if (volume[row] === volumeWh && leftOut(row) < least) [least, first] = [leftOut(row), row];
  }
  let last = first;
  while (last + 1 < count && volume[last + 1] === volumeWh && leftOut(last + 1) === least) last += 1;
  return { low: low[first]!, high: high[last]!, volumeWh };
}
