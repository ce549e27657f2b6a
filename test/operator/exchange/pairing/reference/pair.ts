import { concat, type Hex } from "viem";
import { drawPlaces } from "../../../../../sdk/clearing/pairing/drawPlaces.ts";
import type { ClearedOrder, PairedSale } from "../../../../../sdk/clearing/pairing/pair.ts";
import { SLOTS } from "../../../../../sdk/index.ts";

/** One sale, one purchase, 96 slots. */
interface Leg<T> {
  sell: T;
  buy: T;
  energy: number[];
}

/** What `pair` computes, slot by slot over plain lists. */
export function pairPlainly<T extends ClearedOrder>(
  sells: readonly T[],
  buys: readonly T[],
  seed: Hex,
): PairedSale<T>[] {
  const drawn = (orders: readonly T[]) =>
    drawPlaces(
      seed,
      orders.filter(({ energy }) => energy.some((wh) => wh > 0)),
      ({ id }) => id,
    );
  const [drawnSells, drawnBuys] = [drawn(sells), drawn(buys)];
  const left = new Map([...drawnSells, ...drawnBuys].map((order) => [order, [...order.energy]]));
  const legs: Leg<T>[] = [];
  const legBetween = (sell: T, buy: T) => {
    const known = legs.find((leg) => leg.sell === sell && leg.buy === buy);
    const leg = known ?? { sell, buy, energy: new Array<number>(SLOTS).fill(0) };
    if (known === undefined) legs.push(leg);
    return leg.energy;
  };
  const move = (order: T, slot: number, wh: number) => {
    left.get(order)![slot]! -= wh;
  };

  for (const sell of drawnSells) {
    for (const buy of drawnBuys) {
      for (let slot = 0; slot < SLOTS; slot += 1) {
        const wh = sell.owner === buy.owner ? 0 : Math.min(left.get(sell)![slot]!, left.get(buy)![slot]!);
        if (wh === 0) continue;
        legBetween(sell, buy)[slot]! += wh;
        move(sell, slot, wh);
        move(buy, slot, wh);
      }
    }
  }

  const given = [...legs];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    for (const leg of given) {
      for (;;) {
        const sell = drawnSells.find((order) => left.get(order)![slot]! > 0);
        const buy = drawnBuys.find((order) => left.get(order)![slot]! > 0);
        if (sell === undefined || buy === undefined) break;
        if (leg.sell.owner === sell.owner || leg.buy.owner === sell.owner || leg.energy[slot] === 0) break;
        const wh = Math.min(leg.energy[slot]!, left.get(sell)![slot]!, left.get(buy)![slot]!);
        leg.energy[slot]! -= wh;
        legBetween(sell, leg.buy)[slot]! += wh;
        legBetween(leg.sell, buy)[slot]! += wh;
        move(sell, slot, wh);
        move(buy, slot, wh);
      }
    }
  }

  const kept = leaveOut(legs);
  return drawnSells.map((sell) => ({
    sell,
    legs: drawPlaces(
      seed,
      kept.filter((leg) => leg.sell === sell),
      ({ buy }) => concat([sell.id, buy.id]),
    ).map(({ buy, energy }) => ({ buy, energy })),
  }));
}

/** Tries every leg in turn: can the others carry it? */
function leaveOut<T>(legs: readonly Leg<T>[]): Leg<T>[] {
  let kept = [...legs];
  for (const leg of legs) {
    const others = kept.filter((other) => other !== leg);
    const before = others.map(({ energy }) => [...energy]);
    if (leg.energy.every((wh, slot) => carry(leg, slot, wh, others))) {
      kept = others;
      continue;
    }
    for (const [i, { energy }] of others.entries()) energy.splice(0, SLOTS, ...before[i]!);
    // A leg that stays is tried by those after it last.
    kept = [...others, leg];
  }
  return legs.filter((leg) => kept.includes(leg) && leg.energy.some((wh) => wh > 0));
}

/** Ways of ever more legs, each but the last followed back by one that carries less. */
function carry<T>(leg: Leg<T>, slot: number, wh: number, legs: readonly Leg<T>[]): boolean {
  for (let left = wh; left > 0; ) {
    const seen = new Set<T>([leg.sell]);
    let ways: { at: T; steps: Leg<T>[] }[] = [{ at: leg.sell, steps: [] }];
    let found: Leg<T>[] | undefined;
    for (let distance = 0; distance < 6 && found === undefined; distance += 1) {
      const further: typeof ways = [];
      search: for (const { at, steps } of ways) {
        for (const more of legs.filter(({ sell }) => sell === at)) {
          if (seen.has(more.buy)) continue;
          seen.add(more.buy);
          if (more.buy === leg.buy) {
            found = [...steps, more];
            break search;
          }
          for (const less of legs.filter(({ buy, energy }) => buy === more.buy && energy[slot]! > 0)) {
            if (seen.has(less.sell)) continue;
            seen.add(less.sell);
            further.push({ at: less.sell, steps: [...steps, more, less] });
          }
        }
      }
      ways = further;
    }
    if (found === undefined) return false;
    // Odd steps give, even steps carry more.
    const moved = Math.min(left, ...found.filter((_, i) => i % 2 === 1).map(({ energy }) => energy[slot]!));
    found.forEach(({ energy }, i) => {
      energy[slot]! += i % 2 === 0 ? moved : -moved;
    });
    left -= moved;
  }
  return true;
}
