import { expect } from "chai";
import fc from "fast-check";
import { ContinuousBook, type SlotOrder, SlotOrderError } from "../../../../sdk/clearing/ContinuousBook.ts";
import { PlainContinuousBook } from "./reference/continuous.ts";

const order = (id: string, side: SlotOrder["side"], limit: number, energyWh: number, owner = id): SlotOrder => ({
  id,
  side,
  limit,
  energyWh,
  owner,
});

describe("continuous matching between rounds", () => {
  it("trades by price, then time, at the price of the order that rests", () => {
    const book = new ContinuousBook();
    for (const [id, limit] of [
      ["dear", 40],
      ["first", 30],
      ["second", 30],
    ] as const)
      book.add(order(id, "sell", limit, 10));
    expect(book.add(order("buyer", "buy", 50, 25))).to.deep.equal([
      { resting: "first", energyWh: 10, price: 30 },
      { resting: "second", energyWh: 10, price: 30 },
      { resting: "dear", energyWh: 5, price: 40 },
    ]);
    expect(book.depth("sell")).to.deep.equal([{ price: 40, energyWh: 5 }]);
    expect(book.best("buy")).to.equal(undefined);
  });

  it("rests with what is left, and reports it when it is cancelled", () => {
    const book = new ContinuousBook();
    book.add(order("sale", "sell", 30, 10));
    expect(book.add(order("small", "buy", 30, 4))).to.have.length(1);
    expect(book.leftOf("sale")).to.equal(6);
    expect(book.cancel("sale")).to.equal(6);
    expect(book.cancel("sale")).to.equal(0);
    expect(book.best("sell")).to.equal(undefined);
    expect(book.add(order("late", "buy", 30, 4))).to.deep.equal([]);
  });

  it("passes by orders of the same owner, which stay", () => {
    const book = new ContinuousBook();
    book.add(order("own", "sell", 20, 10, "A"));
    book.add(order("other", "sell", 30, 10, "B"));
    expect(book.add(order("buyer", "buy", 40, 10, "A"))).to.deep.equal([{ resting: "other", energyWh: 10, price: 30 }]);
    expect(book.leftOf("own")).to.equal(10);
  });

  it("refuses an order that is there already or is none", () => {
    const book = new ContinuousBook();
    book.add(order("sale", "sell", 30, 10));
    expect(() => book.add(order("sale", "sell", 30, 10))).to.throw(SlotOrderError, "enters once");
    expect(() => book.add(order("half", "sell", 30, 0.5))).to.throw(SlotOrderError, "whole numbers");
  });

  it("does what the plain reference does with any stream of orders and cancellations", () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          side: fc.constantFrom("sell" as const, "buy" as const),
          limit: fc.integer({ min: 0, max: 9 }),
          energyWh: fc.integer({ min: 0, max: 20 }),
          owner: fc.integer({ min: 0, max: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ cancel: fc.nat({ max: 40 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const [book, plain] = [new ContinuousBook(), new PlainContinuousBook()];
        steps.forEach((step, index) => {
          if ("cancel" in step) {
            expect(book.cancel(`${step.cancel}`)).to.equal(plain.cancel(`${step.cancel}`));
            return;
          }
          const arriving = { ...step, id: `${index}` };
          expect(book.add(arriving)).to.deep.equal(plain.add(arriving));
        });
        for (const { order, leftWh } of plain.resting) expect(book.leftOf(order.id)).to.equal(leftWh);
        for (const side of ["sell", "buy"] as const) {
          const rests = plain.resting.filter(({ order, leftWh }) => order.side === side && leftWh > 0);
          const total = rests.reduce((sum, { leftWh }) => sum + leftWh, 0);
          expect(book.depth(side).reduce((sum, { energyWh }) => sum + energyWh, 0)).to.equal(total);
          const limits = rests.map(({ order }) => order.limit);
          const best = side === "sell" ? Math.min(...limits) : Math.max(...limits);
          expect(book.best(side)).to.equal(limits.length === 0 ? undefined : best);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
