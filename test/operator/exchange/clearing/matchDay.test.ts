import { expect } from "chai";
import fc from "fast-check";
import type { DayOrder } from "../../../../sdk/clearing/clearDay.ts";
import { type MatchedRound, matchDay } from "../../../../sdk/clearing/matchDay.ts";
import { type Curve, SLOTS, subtractCurves } from "../../../../sdk/index.ts";
import { PlainContinuousBook } from "./reference/continuous.ts";

type Named = DayOrder & { id: string };

const LIMITS = { floor: 2, cap: 8 };
const flat = (value: number, from = 0, to = SLOTS): Curve =>
  Array.from({ length: SLOTS }, (_, slot) => (slot >= from && slot < to ? value : 0));
const order = (id: string, side: Named["side"], limit: number, energyWh: number, slots: [number, number]): Named => ({
  ...{ id, side, owner: id },
  ...{ limit: flat(limit, ...slots), energy: flat(energyWh, ...slots) },
});
/** Every trade of a slot by itself. */
const tradesOf = (rounds: MatchedRound<Named>[]) =>
  rounds
    .flatMap(({ price, legs }) =>
      legs.flatMap(({ sell, buy, energy }) =>
        energy.flatMap((wh, slot) => (wh === 0 ? [] : [`${slot} ${sell.id} ${buy.id} ${wh} at ${price[slot]}`])),
      ),
    )
    .sort();

describe("matching a day continuously", () => {
  it("opens what meets at different prices in different rounds, and what does not in one", () => {
    const sells = [order("cheap", "sell", 3, 10, [0, 4]), order("dear", "sell", 5, 10, [0, 4])];
    const rounds = matchDay(
      [...sells, order("buyer", "buy", 7, 15, [0, 4]), order("later", "buy", 6, 5, [2, 6])],
      LIMITS,
    );
    expect(rounds.map(({ legs }) => legs.map(({ sell, buy }) => `${sell.id} ${buy.id}`))).to.deep.equal([
      ["cheap buyer"],
      ["dear buyer", "dear later"],
    ]);
    expect(rounds.map(({ price }) => price.slice(0, 6))).to.deep.equal([
      [3, 3, 3, 3, 0, 0],
      [5, 5, 5, 5, 0, 0],
    ]);
  });

  it("keeps within the season's limits, and above a price of nothing", () => {
    const sells = [order("free", "sell", 0, 10, [0, 1]), order("beyond", "sell", 9, 10, [0, 1])];
    const buyer = order("buyer", "buy", 9, 20, [0, 1]);
    expect(tradesOf(matchDay([...sells, buyer], LIMITS))).to.deep.equal(["0 free buyer 10 at 2"]);
    expect(tradesOf(matchDay([...sells, buyer], { floor: 0, cap: 8 }))).to.deep.equal(["0 free buyer 10 at 1"]);
    const [seller] = [order("seller", "sell", 4, 10, [0, 1])];
    expect(tradesOf(matchDay([buyer, seller as Named], LIMITS))).to.deep.equal(["0 seller buyer 10 at 8"]);
  });

  it("keeps apart what is barred, and lets each meet others", () => {
    const orders = [order("seller", "sell", 3, 10, [0, 1]), order("bad", "buy", 7, 10, [0, 1])];
    const isBarred = (sell: Named, buy: Named) => sell.id === "seller" && buy.id === "bad";
    expect(matchDay(orders, { ...LIMITS, isBarred })).to.deep.equal([]);
    const more = [...orders, order("good", "buy", 4, 10, [0, 1]), order("other", "sell", 5, 10, [0, 1])];
    expect(tradesOf(matchDay(more, { ...LIMITS, isBarred }))).to.deep.equal([
      "0 other bad 10 at 7",
      "0 seller good 10 at 3",
    ]);
  });

  const arrivals = fc.array(
    fc.record({
      side: fc.constantFrom("sell" as const, "buy" as const),
      owner: fc.integer({ min: 0, max: 3 }),
      limit: fc.integer({ min: LIMITS.floor, max: LIMITS.cap }),
      energyWh: fc.integer({ min: 1, max: 20 }),
      from: fc.integer({ min: 0, max: 5 }),
      slots: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 25 },
  );
  const toOrders = (drawn: readonly Drawn[]): Named[] =>
    drawn.map(({ from, slots, limit, energyWh, owner, side }, index) => ({
      ...order(`${index}`, side, limit, energyWh, [from, from + slots]),
      owner,
    }));

  it("trades in each slot what the plain reference trades, at one price a slot and round", () => {
    fc.assert(
      fc.property(arrivals, (drawn) => {
        const orders = toOrders(drawn);
        const rounds = matchDay(orders, LIMITS);
        const expected: string[] = [];
        for (let slot = 0; slot < 10; slot += 1) {
          const plain = new PlainContinuousBook();
          for (const { id, side, owner, limit, energy } of orders) {
            const [price, energyWh] = [limit[slot] ?? 0, energy[slot] ?? 0];
            if (energyWh === 0) continue;
            for (const match of plain.add({ id, side, owner, limit: price, energyWh })) {
              const parties = side === "sell" ? `${id} ${match.resting}` : `${match.resting} ${id}`;
              expected.push(`${slot} ${parties} ${match.energyWh} at ${match.price}`);
            }
          }
        }
        expect(tradesOf(rounds)).to.deep.equal(expected.sort());
      }),
      { numRuns: 300 },
    );
  });

  it("finds nothing more among orders that were matched, wherever the stream was cut", () => {
    fc.assert(
      fc.property(arrivals, fc.nat({ max: 25 }), (drawn, cut) => {
        const orders = toOrders(drawn);
        const left = (taken: MatchedRound<Named>[]) =>
          taken
            .flatMap(({ legs }) => legs)
            .reduce(
              (orders, { sell, buy, energy }) =>
                orders.map((order) =>
                  order.id === sell.id || order.id === buy.id
                    ? { ...order, energy: subtractCurves(order.energy, energy) }
                    : order,
                ),
              orders,
            );
        const before = matchDay(orders.slice(0, cut), LIMITS);
        const after = matchDay(left(before), LIMITS);
        expect([...tradesOf(before), ...tradesOf(after)].sort()).to.deep.equal(tradesOf(matchDay(orders, LIMITS)));
      }),
      { numRuns: 300 },
    );
  });
});

interface Drawn {
  side: Named["side"];
  owner: number;
  limit: number;
  energyWh: number;
  from: number;
  slots: number;
}
