import type { PairLeg } from "./leg.ts";

/** How many purchases away another way is looked for: further ones hardly save more and take longer. */
const REACH = 6;

/** A leg more here, a leg less there. */
interface Step {
  leg: PairLeg;
  sign: 1 | -1;
}

/**
 * Leaves out legs that the others can carry. A leg goes if in each of its slots its energy finds another way: to purchases
 * that its sale supplies anyway, from there back along legs whose sales then supply less, until one of these supplies the
 * leg's purchase. Legs are tried in the order given, which the seed has drawn: what somebody trades does not decide it.
 */
export function prune(legs: readonly PairLeg[]): PairLeg[] {
  const [ofSell, ofBuy] = [new Map<number, Set<PairLeg>>(), new Map<number, Set<PairLeg>>()];
  for (const leg of legs) {
    append(ofSell, leg.sell, leg);
    append(ofBuy, leg.buy, leg);
  }
  const kept = legs.filter((leg) => {
    ofSell.get(leg.sell)!.delete(leg);
    ofBuy.get(leg.buy)!.delete(leg);
    if (reroute(leg, ofSell, ofBuy)) return false;
    append(ofSell, leg.sell, leg);
    append(ofBuy, leg.buy, leg);
    return true;
  });
  // A leg that stayed can have lost all it carried to a later one's other way.
  return kept.filter(({ energy }) => energy.some((wh) => wh > 0));
}

/** Moves all of a leg's energy to others, or nothing. */
function reroute(leg: PairLeg, ofSell: Map<number, Set<PairLeg>>, ofBuy: Map<number, Set<PairLeg>>): boolean {
  const moves: { energy: Float64Array; slot: number; wh: number }[] = [];
  for (let slot = 0; slot < leg.energy.length; slot += 1) {
    for (let wh = leg.energy[slot]!; wh > 0; ) {
      const way = findWay(leg, slot, ofSell, ofBuy);
      if (way === undefined) {
        for (const { energy, slot, wh } of moves) energy[slot]! -= wh;
        return false;
      }
      let moved = wh;
      for (const { leg, sign } of way) if (sign < 0) moved = Math.min(moved, leg.energy[slot]!);
      for (const { leg, sign } of way) {
        leg.energy[slot]! += sign * moved;
        moves.push({ energy: leg.energy, slot, wh: sign * moved });
      }
      wh -= moved;
    }
  }
  return true;
}

/** The shortest other way from the leg's sale to its purchase. */
function findWay(
  { sell, buy }: PairLeg,
  slot: number,
  ofSell: Map<number, Set<PairLeg>>,
  ofBuy: Map<number, Set<PairLeg>>,
): Step[] | undefined {
  const intoBuy = new Map<number, PairLeg>();
  const intoSell = new Map<number, PairLeg | undefined>([[sell, undefined]]);
  let frontier = [sell];
  for (let distance = 0; distance < REACH && frontier.length > 0; distance += 1) {
    const next: number[] = [];
    for (const from of frontier) {
      for (const more of ofSell.get(from)!) {
        if (intoBuy.has(more.buy)) continue;
        intoBuy.set(more.buy, more);
        if (more.buy === buy) return wayTo(buy, intoBuy, intoSell);
        for (const less of ofBuy.get(more.buy)!) {
          if (less.energy[slot] === 0 || intoSell.has(less.sell)) continue;
          intoSell.set(less.sell, less);
          next.push(less.sell);
        }
      }
    }
    frontier = next;
  }
  return undefined;
}

function wayTo(
  buy: number,
  intoBuy: ReadonlyMap<number, PairLeg>,
  intoSell: ReadonlyMap<number, PairLeg | undefined>,
): Step[] {
  const way: Step[] = [];
  for (let at = buy; ; ) {
    const more = intoBuy.get(at)!;
    way.push({ leg: more, sign: 1 });
    const less = intoSell.get(more.sell);
    if (less === undefined) return way;
    way.push({ leg: less, sign: -1 });
    at = less.buy;
  }
}

function append(legs: Map<number, Set<PairLeg>>, at: number, leg: PairLeg): void {
  const known = legs.get(at);
  if (known === undefined) legs.set(at, new Set([leg]));
  else known.add(leg);
}
