import { PairingError, type PairLeg, type Side } from "./leg.ts";

/**
 * Gives every sale purchases: each sale in turn meets the purchases in turn, as far as both still have something in a slot,
 * until it is used up. Only in slots in which one owner is left alone on both sides something remains; it changes places
 * with legs between others.
 */
export function handOut(sells: readonly Side[], buys: readonly Side[], slots: number): PairLeg[] {
  const legs: PairLeg[] = [];
  let waiting = [...buys.keys()];
  for (const [sell, { owner, left }] of sells.entries()) {
    const still: number[] = [];
    for (const buy of waiting) {
      const purchase = buys[buy]!;
      if (purchase.owner !== owner) {
        const energy = meet(left, purchase.left, slots);
        if (energy !== undefined) legs.push({ sell, buy, energy });
      }
      if (hasMore(purchase.left)) still.push(buy);
    }
    waiting = still;
  }
  changePlaces(sells, buys, legs, slots);
  return legs;
}

function meet(sold: Float64Array, bought: Float64Array, slots: number): Float64Array | undefined {
  let energy: Float64Array | undefined;
  for (let slot = 0; slot < slots; slot += 1) {
    const wh = Math.min(sold[slot]!, bought[slot]!);
    if (wh === 0) continue;
    energy ??= new Float64Array(slots);
    energy[slot] = wh;
    sold[slot]! -= wh;
    bought[slot]! -= wh;
  }
  return energy;
}

/**
 * What remains of an owner's sale i and purchase j goes through a leg between others: i sells to its buyer, j buys from its
 * seller. There is enough of such legs in every slot: with volume V, remainder R and the owner's total t <= V on both
 * sides, legs that the owner has no part in hold V + R - t >= R.
 */
function changePlaces(sells: readonly Side[], buys: readonly Side[], legs: PairLeg[], slots: number): void {
  const known = new Map(legs.map((leg) => [`${leg.sell} ${leg.buy}`, leg]));
  const between = (sell: number, buy: number): PairLeg => {
    const leg = known.get(`${sell} ${buy}`) ?? { sell, buy, energy: new Float64Array(slots) };
    if (!known.has(`${sell} ${buy}`)) {
      known.set(`${sell} ${buy}`, leg);
      legs.push(leg);
    }
    return leg;
  };
  const given = [...legs];
  for (let slot = 0; slot < slots; slot += 1) {
    const selling = [...sells.keys()].filter((sell) => sells[sell]!.left[slot]! > 0);
    const buying = [...buys.keys()].filter((buy) => buys[buy]!.left[slot]! > 0);
    const owner = sells[selling[0] ?? -1]?.owner;
    for (const leg of given) {
      const [sell, buy] = [selling[0], buying[0]];
      if (sell === undefined || buy === undefined) break;
      if (sells[leg.sell]!.owner === owner || buys[leg.buy]!.owner === owner) continue;
      for (; leg.energy[slot]! > 0 && selling.length > 0 && buying.length > 0; ) {
        const [own, ours] = [sells[selling[0]!]!, buys[buying[0]!]!];
        const wh = Math.min(leg.energy[slot]!, own.left[slot]!, ours.left[slot]!);
        leg.energy[slot]! -= wh;
        between(selling[0]!, leg.buy).energy[slot]! += wh;
        between(leg.sell, buying[0]!).energy[slot]! += wh;
        own.left[slot]! -= wh;
        ours.left[slot]! -= wh;
        if (own.left[slot] === 0) selling.shift();
        if (ours.left[slot] === 0) buying.shift();
      }
    }
    if (selling.length + buying.length > 0) {
      throw new PairingError({
        en: `What was cleared in a slot cannot be paired: sales and purchases must add up to the same, and no owner may have more than the volume on both sides together. ${selling.length} sales and ${buying.length} purchases remain.`,
        zh: `一个时段的出清结果无法配对：买卖电量须相等，且任一所属方两侧合计不得超过成交量。尚余 ${selling.length} 笔卖出和 ${buying.length} 笔买入。`,
      });
    }
  }
}

function hasMore(left: Float64Array): boolean {
  for (let slot = 0; slot < left.length; slot += 1) if (left[slot]! > 0) return true;
  return false;
}
