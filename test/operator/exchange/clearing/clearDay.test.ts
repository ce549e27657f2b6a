import { expect } from "chai";
import { ClearingError } from "../../../../sdk/clearing/book.ts";
import { clearDay, type DayOrder } from "../../../../sdk/clearing/clearDay.ts";
import { type Curve, SLOTS } from "../../../../sdk/index.ts";

const flat = (value: number, from = 0, to = SLOTS): Curve =>
  Array.from({ length: SLOTS }, (_, slot) => (slot >= from && slot < to ? value : 0));

describe("clearing a day", () => {
  it("clears each slot for itself and gathers what each order was given", () => {
    const orders: (DayOrder & { name: string })[] = [
      { name: "solar", side: "sell", owner: "S", energy: flat(100, 40, 60), limit: flat(20_000, 40, 60) },
      { name: "hydro", side: "sell", owner: "H", energy: flat(50), limit: flat(30_000) },
      { name: "factory", side: "buy", owner: "F", energy: flat(120), limit: flat(40_000) },
      { name: "late", side: "buy", owner: "L", energy: flat(10, 90), limit: flat(10_000, 90) },
    ];
    const { price, volume, fills } = clearDay(orders, { rule: "middle", floor: 0, cap: 60_000 });
    // By night the sale of 50 leaves the factory short: it is the demand that is rationed, at its own price.
    expect([price[0], volume[0]]).to.deep.equal([40_000, 50]);
    // By day 150 meet 120: the sale at 30,000 is rationed.
    expect([price[50], volume[50]]).to.deep.equal([30_000, 120]);
    expect(fills.map(({ order, energy }) => [order.name, energy[0], energy[50]])).to.deep.equal([
      ["solar", 0, 100],
      ["hydro", 50, 20],
      ["factory", 50, 120],
    ]);
  });

  it("refuses energies and limits that are not whole", () => {
    const order = (energyWh: number, limit: number) => {
      return {
        side: "sell" as const,
        owner: 1,
        energy: new Array(96).fill(energyWh),
        limit: new Array(96).fill(limit),
      };
    };
    const terms = { rule: "middle", floor: 0, cap: 1_000 } as const;
    for (const none of [1.7, Number.NaN, -1]) {
      expect(() => clearDay([order(none, 5)], terms), `${none} Wh`).to.throw(ClearingError, `is ${none}`);
      expect(() => clearDay([order(5, none)], terms), `at ${none}`).to.throw(ClearingError, `is ${none}`);
    }
  });

  it("prices nothing where nobody meets", () => {
    const { price, volume, fills } = clearDay([], { rule: "middle", floor: 0, cap: 60_000 });
    expect([...price, ...volume].every((value) => value === 0)).to.equal(true);
    expect(fills).to.deep.equal([]);
  });
});
