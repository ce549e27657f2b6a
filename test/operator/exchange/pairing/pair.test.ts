import { expect } from "chai";
import fc from "fast-check";
import { type Hex, numberToHex } from "viem";
import { clearDay } from "../../../../sdk/clearing/clearDay.ts";
import { PairingError } from "../../../../sdk/clearing/pairing/leg.ts";
import { type ClearedOrder, type PairedSale, pair } from "../../../../sdk/clearing/pairing/pair.ts";
import { roundSeed } from "../../../../sdk/clearing/pairing/roundSeed.ts";
import { tradesOverBound } from "../../../../sdk/clearing/pairing/tradesOverBound.ts";
import { addCurves, type Curve, CurveError, SLOTS, ZERO_CURVE } from "../../../../sdk/index.ts";
import { dayStream } from "../../utils/stream/day.ts";
import { pairPlainly } from "./reference/pair.ts";

const seedOf = (round: number): Hex =>
  roundSeed({ round: BigInt(round), day: 20_780, blockHash: numberToHex(7, { size: 32 }) });
const flat = (wh: number): Curve => new Array<number>(SLOTS).fill(wh);
const cleared = (id: number, owner: string, energy: Curve): ClearedOrder => ({
  id: numberToHex(id, { size: 32 }),
  owner,
  energy,
});

/** What a random day of a zone clears to. */
function clearedDay(seed: number, sellers: number, buyers: number) {
  const { fills } = clearDay(dayStream(seed, sellers, buyers), { rule: "middle", floor: 0, cap: 60_000 });
  const of = (side: string) =>
    fills.filter(({ order }) => order.side === side).map(({ order: { id, owner }, energy }) => ({ id, owner, energy }));
  return { sells: of("sell"), buys: of("buy") };
}

/** Each order trades what it was cleared to, never with its own owner, and each pair once. */
function expectCarriedOut(
  sells: readonly ClearedOrder[],
  buys: readonly ClearedOrder[],
  sales: PairedSale<ClearedOrder>[],
) {
  const traded = new Map<ClearedOrder, Curve>();
  const add = (order: ClearedOrder, energy: Curve) =>
    traded.set(order, addCurves(traded.get(order) ?? ZERO_CURVE, energy));
  for (const { sell, legs } of sales) {
    expect(new Set(legs.map(({ buy }) => buy.id)).size).to.equal(legs.length);
    for (const { buy, energy } of legs) {
      expect(buy.owner).not.to.equal(sell.owner);
      expect(energy.some((wh) => wh > 0)).to.equal(true);
      add(sell, energy);
      add(buy, energy);
    }
  }
  for (const order of [...sells, ...buys]) expect(traded.get(order) ?? ZERO_CURVE).to.deep.equal(order.energy);
}

describe("pairing what was cleared", () => {
  it("makes one trade of a day between two meters", () => {
    const [sell, buy] = [cleared(1, "A", flat(10)), cleared(2, "B", flat(10))];
    expect(pair([sell], [buy], seedOf(1))).to.deep.equal([{ sell, legs: [{ buy, energy: flat(10) }] }]);
  });

  it("carries out random days with few more trades than connect their orders", () => {
    for (const seed of [1, 2, 3]) {
      const { sells, buys } = clearedDay(seed, 30, 40);
      const sales = pair(sells, buys, seedOf(seed));
      expectCarriedOut(sells, buys, sales);
      const { trades, bound } = tradesOverBound(sales);
      expect(trades).to.be.within(bound, 2 * bound);
    }
  });

  it("pairs an owner of more than half of the volume with everybody else", () => {
    const sells = [cleared(1, "A", flat(30)), cleared(2, "B", flat(20))];
    const buys = [cleared(3, "A", flat(20)), cleared(4, "C", flat(30))];
    for (let round = 1; round <= 8; round += 1) expectCarriedOut(sells, buys, pair(sells, buys, seedOf(round)));
  });

  it("does what the plain reference does", () => {
    const slots = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 30 })), {
      minLength: 1,
      maxLength: 4,
    });
    const order = fc.record({ owner: fc.integer({ min: 0, max: 4 }).map(String), slots });
    const toOrder = (from: number) => (given: { owner: string; slots: [number, number][] }, index: number) => {
      const energy = [...ZERO_CURVE];
      for (const [slot, wh] of given.slots) energy[slot] = wh;
      return {
        ...cleared(from + index, given.owner, energy),
        side: from === 1 ? ("sell" as const) : ("buy" as const),
        limit: ZERO_CURVE,
      };
    };
    fc.assert(
      fc.property(
        fc.array(order, { maxLength: 8 }),
        fc.array(order, { maxLength: 8 }),
        fc.nat(),
        (sells, buys, round) => {
          const orders = [...sells.map(toOrder(1)), ...buys.map(toOrder(1_000))];
          const { fills } = clearDay(orders, { rule: "middle", floor: 0, cap: 9 });
          const of = (side: string) =>
            fills.filter((fill) => fill.order.side === side).map((fill) => ({ ...fill.order, energy: fill.energy }));
          const [sold, bought] = [of("sell"), of("buy")];
          const sales = pair(sold, bought, seedOf(round));
          expectCarriedOut(sold, bought, sales);
          expect(sales).to.deep.equal(pairPlainly(sold, bought, seedOf(round)));
        },
      ),
      { numRuns: 200 },
    );
    const { sells, buys } = clearedDay(4, 12, 15);
    expect(pair(sells, buys, seedOf(1))).to.deep.equal(pairPlainly(sells, buys, seedOf(1)));
  });

  it("does not depend on how the orders came, only on the seed", () => {
    const { sells, buys } = clearedDay(5, 20, 20);
    const before = pair(sells, buys, seedOf(1));
    expect(pair([...sells].reverse(), [...buys].reverse(), seedOf(1))).to.deep.equal(before);
    expect(pair(sells, buys, seedOf(2))).not.to.deep.equal(before);
  });

  it("draws every buyer first in the order of delivery about as often, no matter what it buys", () => {
    // A large buyer and a small one at the same seller: each is served first in about half of the rounds.
    const sell = cleared(1, "S", flat(110));
    const buys = [cleared(2, "large", flat(100)), cleared(3, "small", flat(10))];
    const first = Array.from(
      { length: 400 },
      (_, round) => pair([sell], buys, seedOf(round + 1))[0]?.legs[0]?.buy.owner,
    );
    expect(first.filter((owner) => owner === "small").length).to.be.within(140, 260);
  });

  it("draws counterparties by the seed, whatever they ordered to be matched", () => {
    // Two equal pairs that would love to meet: A with B by their odd size. Who meets A is a matter of chance.
    const sells = [cleared(1, "A", flat(77)), cleared(2, "C", flat(100))];
    const buys = [cleared(3, "B", flat(77)), cleared(4, "D", flat(100))];
    const together = Array.from({ length: 400 }, (_, round) => {
      const sales = pair(sells, buys, seedOf(round + 1));
      return sales.find(({ sell }) => sell.owner === "A")?.legs.every(({ buy }) => buy.owner === "B");
    });
    expect(together.filter(Boolean).length).to.be.within(140, 260);
  });

  it("refuses an order given twice, and volumes that nobody can carry out", () => {
    const [sell, buy] = [cleared(1, "A", flat(10)), cleared(2, "A", flat(10))];
    expect(() => pair([sell, sell], [buy], seedOf(1))).to.throw(PairingError, "twice");
    expect(() => pair([sell], [buy], seedOf(1))).to.throw(PairingError, "cannot be paired");
    expect(() => pair([sell], [cleared(3, "B", flat(9))], seedOf(1))).to.throw(PairingError, "add up");
    expect(() => pair([cleared(4, "A", flat(1.7))], [buy], seedOf(1))).to.throw(CurveError, "holds 1.7");
  });
});
