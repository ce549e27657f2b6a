import { expect } from "chai";
import fc from "fast-check";
import { bookSide, type Clearing, ClearingError, type ClearingTerms } from "../../../../sdk/clearing/book.ts";
import { clearBook } from "../../../../sdk/clearing/clearBook.ts";
import { PRICE_RULES } from "../../../../sdk/clearing/priceRule.ts";
import { anyOrders, anyTerms, bookOf, type Orders } from "./books.ts";
import { largestFlow } from "./flow.ts";
import { clearBookPlainly, type PlainOrder } from "./reference/clearBook.ts";

const OPEN: ClearingTerms = { rule: "middle", floor: 0, cap: 2 ** 31 - 1 };
const order = (limit: number, energyWh: number, owner: number): PlainOrder => ({
  limit,
  energyWh: BigInt(energyWh),
  owner,
});
const clear = (orders: Orders, terms: Partial<ClearingTerms> = {}) => clearBook(bookOf(orders), { ...OPEN, ...terms });
const fills = ({ sells, buys }: Clearing) => ({ sells: [...sells], buys: [...buys] });
/** The same orders, each of an owner of its own. */
const apart = ({ sells, buys }: Orders): Orders => ({
  sells: sells.map((sell, i) => ({ ...sell, owner: 2 * i })),
  buys: buys.map((buy, i) => ({ ...buy, owner: 2 * i + 1 })),
});
const small = { size: 6, prices: 5, wh: 6, owners: 3 };

describe("clearing a book", () => {
  it("trades the most energy at one price, cheapest sales with dearest purchases", () => {
    const cleared = clear({
      sells: [order(20_000, 100, 1), order(30_000, 100, 2), order(50_000, 100, 3)],
      buys: [order(60_000, 120, 4), order(40_000, 80, 5), order(25_000, 70, 6)],
    });
    expect(cleared).to.include({ price: 35_000, volumeWh: 200 });
    expect(cleared.interval).to.deep.equal([30_000, 40_000]);
    expect(fills(cleared)).to.deep.equal({ sells: [100, 100, 0], buys: [120, 80, 0] });
  });

  it("takes the price of the clearing interval that the rule names", () => {
    // The purchase left out at 310 would have had the sale at 300, so the interval begins there.
    const orders = {
      sells: [order(200, 10, 1), order(300, 10, 2), order(480, 10, 3)],
      buys: [order(500, 20, 4), order(310, 10, 5)],
    };
    const priceBy = Object.fromEntries(PRICE_RULES.map((rule) => [rule, clear(orders, { rule }).price]));
    expect(priceBy).to.deep.equal({ middle: 395, marginalSell: 310, marginalBuy: 480, lastPair: 400 });
  });

  it("shares the margin in proportion, to the Wh, the earlier order first where remainders are equal", () => {
    const cleared = clear({
      sells: [order(10, 3, 1), order(10, 3, 2), order(10, 3, 3), order(5, 4, 4)],
      buys: [order(10, 9, 5)],
    });
    expect(cleared.price).to.equal(10);
    expect([...cleared.sells]).to.deep.equal([2, 2, 1, 4]);
  });

  it("shares products beyond 2^53 exactly", () => {
    const large = 2 ** 31 - 1;
    const sells = Array.from({ length: 9 }, (_, i) => order(10, large - i, i));
    const orders = { sells, buys: [order(10, large, 20), order(10, large - 12_345, 21)] };
    const plain = clearBookPlainly(orders.sells, orders.buys, OPEN);
    expect([...clear(orders).sells].map(BigInt)).to.deep.equal(plain.sells);
  });

  it("never lets an owner trade with itself, though its orders are the best on both sides", () => {
    const cleared = clear({
      sells: [order(10, 10, 1), order(50, 10, 2)],
      buys: [order(100, 10, 1), order(40, 10, 3)],
    });
    // Either the sale of 1 meets 3, or the purchase of 1 meets 2: both trade 10, and the lower price is taken.
    expect(cleared).to.deep.include({ price: 40, volumeWh: 10 });
    expect(fills(cleared)).to.deep.equal({ sells: [10, 0], buys: [0, 10] });
  });

  it("lets the owner of more than half of a book trade with everybody else, and no more", () => {
    const cleared = clear({
      sells: [order(10, 100, 1), order(10, 20, 2)],
      buys: [order(10, 100, 1), order(10, 30, 3)],
    });
    expect(cleared.volumeWh).to.equal(50);
    expect(fills(cleared)).to.deep.equal({ sells: [30, 20], buys: [20, 30] });
  });

  it("keeps to the season's limits, with any orders", () => {
    const orders = { sells: [order(10, 10, 1), order(20, 10, 2)], buys: [order(900, 15, 3)] };
    expect(clear(orders, { floor: 75, cap: 253 })).to.include({ price: 75, volumeWh: 15 });
    expect([...clear(orders, { floor: 75, cap: 253 }).sells]).to.deep.equal([10, 5]);
    expect(clear(orders, { floor: 5, cap: 15 })).to.include({ price: 15, volumeWh: 10 });
    expect(clear(orders, { floor: 901, cap: 999 }).price).to.equal(undefined);
  });

  it("clears nothing where a side is empty or nobody meets", () => {
    const sells = [order(10, 10, 1)];
    for (const buys of [[], [order(9, 10, 2)], [order(10, 0, 2)], [order(10, 10, 1)]]) {
      const cleared = clear({ sells, buys });
      expect(cleared).to.deep.include({ price: undefined, volumeWh: 0, interval: undefined });
      expect([...cleared.sells]).to.deep.equal([0]);
    }
  });

  it("refuses what is not whole instead of cutting it", () => {
    const order = { limit: 10, energyWh: 5, owner: 0 };
    for (const none of [1.7, Number.NaN, -1, 2 ** 31]) {
      for (const field of ["limit", "energyWh", "owner"]) {
        expect(() => bookSide([{ ...order, [field]: none }]), field).to.throw(ClearingError, `is ${none}: it must be`);
      }
    }
    const half = { limit: Uint32Array.of(1, 1), energy: Float64Array.of(0.5, 0.5), owner: Uint32Array.of(0, 1) };
    const terms = { rule: "middle", floor: 0, cap: 9 } as const;
    expect(() => clearBook({ sells: half, buys: bookSide([order]) }, terms)).to.throw(ClearingError, "is 0.5");
  });

  it("refuses a book that cannot be counted exactly, and limits that are none", () => {
    const vast = { limit: Uint32Array.of(1), energy: Float64Array.of(2 ** 53), owner: Uint32Array.of(0) };
    const buys = bookSide([{ limit: 1, energyWh: 1, owner: 1 }]);
    expect(() => clearBook({ sells: vast, buys }, OPEN)).to.throw(ClearingError, "split it");
    expect(() => clear({ sells: [], buys: [] }, { floor: 2, cap: 1 })).to.throw(ClearingError, "season's limits");
  });
});

describe("any book", () => {
  const check = (runs: number, holds: (orders: Orders, terms: ClearingTerms) => void, shape = small) =>
    fc.assert(fc.property(anyOrders(shape), anyTerms(shape.prices), holds), { numRuns: runs });
  const same = (orders: Orders, terms: ClearingTerms) => {
    const plain = clearBookPlainly(orders.sells, orders.buys, terms);
    const { price, volumeWh, interval, sells, buys } = clearBook(bookOf(orders), terms);
    expect({
      price,
      volumeWh: BigInt(volumeWh),
      interval,
      sells: [...sells].map(BigInt),
      buys: [...buys].map(BigInt),
    }).to.deep.equal(plain);
  };

  it("clears as the plain reference says", () => {
    check(3_000, same);
    check(300, same, { size: 60, prices: 8, wh: 1_000, owners: 4 });
    check(200, same, { size: 80, prices: 2 ** 31 - 1, wh: 2 ** 31 - 1, owners: 2 });
    check(200, same, { size: 80, prices: 60_000, wh: 5_000_000, owners: 30 });
  });

  it("trades as much as the best of all prices allows", () => {
    check(1_500, (orders, terms) => {
      let most = 0;
      for (let price = terms.floor; price <= Math.min(terms.cap, small.prices); price += 1) {
        const willing = (side: PlainOrder[], suits: (limit: number) => boolean) =>
          side.filter(({ limit }) => suits(limit)).map(({ energyWh, owner }) => ({ wh: Number(energyWh), owner }));
        most = Math.max(
          most,
          largestFlow(
            willing(orders.sells, (limit) => limit <= price),
            willing(orders.buys, (limit) => limit >= price),
          ),
        );
      }
      expect(clearBook(bookOf(orders), terms).volumeWh).to.equal(most);
    });
  });

  it("gives fills that can be carried out without anybody trading with itself, at limits that everybody agreed to", () => {
    check(1_500, (orders, terms) => {
      const { price = Number.NaN, volumeWh, interval, ...filled } = clearBook(bookOf(orders), terms);
      const carried = (side: PlainOrder[], wh: Float64Array) => side.map(({ owner }, i) => ({ wh: wh[i]!, owner }));
      const [sold, bought] = [carried(orders.sells, filled.sells), carried(orders.buys, filled.buys)];
      expect(sold.reduce((sum, { wh }) => sum + wh, 0)).to.equal(volumeWh);
      expect(bought.reduce((sum, { wh }) => sum + wh, 0)).to.equal(volumeWh);
      expect(largestFlow(sold, bought)).to.equal(volumeWh);
      orders.sells.forEach(({ limit, energyWh }, i) => {
        expect(filled.sells[i]).to.be.within(0, Number(energyWh));
        if (filled.sells[i]! > 0) expect(limit).to.be.at.most(price);
      });
      orders.buys.forEach(({ limit, energyWh }, i) => {
        expect(filled.buys[i]).to.be.within(0, Number(energyWh));
        if (filled.buys[i]! > 0) expect(limit).to.be.at.least(price);
      });
      if (interval !== undefined)
        expect(price).to.be.within(Math.max(interval[0], terms.floor), Math.min(interval[1], terms.cap));
    });
  });

  it("leaves nothing better-priced out that could take the place of something worse", () => {
    check(1_500, (orders, terms) => {
      const { volumeWh, ...filled } = clearBook(bookOf(orders), terms);
      for (const side of ["sells", "buys"] as const) {
        const better = (a: number, b: number) =>
          side === "sells"
            ? orders.sells[a]!.limit < orders.sells[b]!.limit
            : orders.buys[a]!.limit > orders.buys[b]!.limit;
        orders[side].forEach(({ energyWh }, left) => {
          if (filled[side][left]! === Number(energyWh)) return;
          orders[side].forEach((_, taken) => {
            if (filled[side][taken] === 0 || !better(left, taken)) return;
            const swapped = { sells: [...filled.sells], buys: [...filled.buys] };
            swapped[side][left]! += 1;
            swapped[side][taken]! -= 1;
            const carried = (name: "sells" | "buys") =>
              orders[name].map(({ owner }, i) => ({ wh: swapped[name][i]!, owner }));
            expect(largestFlow(carried("sells"), carried("buys"))).to.be.below(volumeWh);
          });
        });
      }
    });
  });

  it("fills completely what is priced better than the price, where no owner holds more than half", () => {
    check(1_500, (orders) => {
      const { sells, buys } = apart(orders);
      const cleared = clear({ sells, buys });
      const { price } = cleared;
      if (price === undefined) return;
      for (const [i, { limit, energyWh }] of sells.entries()) {
        if (limit < price) expect(cleared.sells[i]).to.equal(Number(energyWh));
      }
      for (const [i, { limit, energyWh }] of buys.entries()) {
        if (limit > price) expect(cleared.buys[i]).to.equal(Number(energyWh));
      }
    });
  });

  it("pays sellers what buyers pay, and nobody is worse off", () => {
    check(500, (orders, terms) => {
      const { price = 0, sells, buys } = clearBook(bookOf(orders), terms);
      const value = (wh: Float64Array) => wh.reduce((sum, energy) => sum + energy * price, 0);
      expect(value(sells)).to.equal(value(buys));
    });
  });

  it("does not depend on the order of arrival, but for the last Wh of equal shares", () => {
    const shuffled = anyOrders({ size: 30, prices: 6, wh: 50, owners: 4 }).chain((orders) =>
      fc.record({
        orders: fc.constant(orders),
        sells: fc.shuffledSubarray([...orders.sells.keys()], { minLength: orders.sells.length }),
        buys: fc.shuffledSubarray([...orders.buys.keys()], { minLength: orders.buys.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, anyTerms(6), fc.boolean(), ({ orders, sells, buys }, terms, alone) => {
        const first = alone ? apart(orders) : orders;
        const before = clearBook(bookOf(first), terms);
        const moved = { sells: sells.map((i) => first.sells[i]!), buys: buys.map((i) => first.buys[i]!) };
        const after = clearBook(bookOf(moved), terms);
        const whole = ({ price, volumeWh, interval }: Clearing) => ({ price, volumeWh, interval });
        expect(whole(after)).to.deep.equal(whole(before));
        if (!alone) return;
        for (const [to, from] of sells.entries()) expect(after.sells[to]! - before.sells[from]!).to.be.within(-1, 1);
        for (const [to, from] of buys.entries()) expect(after.buys[to]! - before.buys[from]!).to.be.within(-1, 1);
      }),
      { numRuns: 500 },
    );
  });

  it("clears a million orders as the reference does", function () {
    this.timeout(60_000);
    const owners = 500;
    let state = 1;
    const draw = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const orders = (base: number) =>
      Array.from({ length: 500_000 }, () => order(base + 100 * draw(150), draw(100_000), draw(owners)));
    same({ sells: orders(25_000), buys: orders(20_000) }, OPEN);
  });
});
