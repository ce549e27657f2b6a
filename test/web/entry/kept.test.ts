import { expect } from "chai";
import { buildOrder } from "../../../sdk/index.ts";
import { orderToWire } from "../../../sdk/operator/wire.ts";
import { keepDraft, readDraft, type Shelf } from "../../../web/market/entry/draft.ts";
import { emptyEntry, reduceEntry } from "../../../web/market/entry/entryState.ts";
import { isSame, keepOrder, keptForDay, keptOrder, keptOrders } from "../../../web/market/entry/journal.ts";
import { PortfolioError, readPortfolio } from "../../../web/market/entry/portfolio.ts";
import { keepQueue, readQueue, signedOf } from "../../../web/market/entry/queue.ts";

/** What a browser keeps, without a browser. */
function shelf(): Shelf {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
    key: (index) => [...texts.keys()][index] ?? null,
    get length() {
      return texts.size;
    },
  };
}

const trader = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const row = (meter: number, first = "1") => `${meter},401.20,${[first, ...new Array(95).fill("2")].join(",")}`;
const both = { meters: [1n, 2n], unit: "kWh" } as const;
const orderOf = (nonce: number) =>
  buildOrder(
    {
      ...{ side: "sell", trader, meter: 1n, day: 20_800, nonce },
      bands: [{ fromSlot: 36, toSlot: 72, energyWh: 500_000, price: 40_120 }],
    },
    { tariff: 0n, bondRateBp: 1000, priceCap: 48_144 },
  );

describe("what is entered and signed", () => {
  it("outlasts a reload, as it was", () => {
    const kept = shelf();
    const draft = { day: emptyEntry(40_120).day, unit: "kW" as const, total: "36000", nonce: 7 };
    keepDraft(kept, 1n, 20_800, draft);
    expect(readDraft(kept, 1n, 20_800)).to.deep.equal(draft);
    expect(readDraft(kept, 1n, 20_801)).to.equal(undefined);
    const entry = { hash: "0xaa", order: orderOf(7), signature: "0xbb", receivedAt: undefined } as const;
    keepOrder(kept, entry);
    expect(keptOrder(kept, "0xaa")).to.deep.equal(entry);
    expect(keptOrders(kept, trader)).to.deep.equal([entry]);
    expect(keptForDay(kept, 1n, 20_801)).to.deep.equal([]);
  });

  it("is compared with what the power exchange says of it", () => {
    const order = orderOf(7);
    const theirs = orderToWire({ order });
    expect(isSame(order, theirs)).to.equal(true);
    expect(isSame(order, { ...theirs, maxFen: String(order.maxFen + 1n) })).to.equal(false);
    expect(isSame(order, { ...theirs, bands: [{ ...theirs.bands[0]!, price: 40_121 }] })).to.equal(false);
  });

  it("is taken back step by step, and once more done", () => {
    const start = emptyEntry(100);
    const typed = reduceEntry(start, { to: "fill", value: 5 });
    const drawn = reduceEntry(typed, { to: "draw", layer: "energy", from: 1, slot: 3, value: 9, isFirst: true });
    const further = reduceEntry(drawn, { to: "draw", layer: "energy", from: 3, slot: 5, value: 8, isFirst: false });
    expect(further.day.energy.slice(0, 7)).to.deep.equal([5, 9, 9, 8, 8, 8, 0]);
    const back = reduceEntry(further, { to: "undo" });
    expect(back.day).to.deep.equal(typed.day);
    expect(reduceEntry(back, { to: "redo" }).day).to.deep.equal(further.day);
    expect(reduceEntry(reduceEntry(back, { to: "undo" }), { to: "undo" }).day).to.deep.equal(start.day);
  });
});

describe("a portfolio", () => {
  it("is taken from one file, and goes on after a break without signing twice", () => {
    const kept = shelf();
    const rows = readPortfolio(`meter,price,P1\r\n${row(1)}\r\n${row(2, "0.5")}\r\n`, both);
    expect(
      rows.map(({ meter, line, day }) => [meter, line, day.energy[0], day.energy[95], day.price[9]]),
    ).to.deep.equal([
      [1n, 2, 1000, 2000, 40_120],
      [2n, 3, 500, 2000, 40_120],
    ]);
    const [first, second] = keepQueue(kept, 20_800, rows);
    expect(readQueue(kept, 20_800)).to.deep.equal([first, second]);
    keepOrder(kept, { hash: "0xaa", order: orderOf(first!.nonce), signature: "0xbb" });
    expect(signedOf(kept, 20_800, first!)?.hash).to.equal("0xaa");
    expect(signedOf(kept, 20_800, second!)).to.equal(undefined);
  });

  const wrong: Readonly<Record<string, readonly [csv: string, names: string]>> = {
    "a meter of somebody else": [`${row(1)}\n${row(3)}`, 'Line 2: "3" is no meter'],
    "a meter twice": [`${row(1)}\n${row(1)}`, "Line 2: meter 1 is in line 1 already"],
    "a value short": [`${row(1)}\n2,401.20,1`, "Line 2: there are 3 columns"],
    "a word among values": [`${row(1)}\n${row(2, "x")}`, 'Line 2: column 3: "x" is no number'],
    "no line at all": ["meter,price\n", "has no line of a meter"],
  };
  for (const [name, [csv, names]] of Object.entries(wrong)) {
    it(`with ${name} is refused whole, with its line`, () => {
      expect(() => readPortfolio(csv, both)).to.throw(PortfolioError, names);
    });
  }
});
