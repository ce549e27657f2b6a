import { expect } from "chai";
import { ABIS, EVENT_SENTENCES, sentenceOfEvent } from "../../sdk/index.ts";
import { byDueDay } from "../../web/debts/byDueDay.ts";
import { entriesOf } from "../../web/money/entriesOf.ts";
import { differing } from "../../web/records/compare.ts";
import { lifeOf } from "../../web/records/lifeLine.ts";
import { partsOf } from "../../web/records/myDay.ts";
import { compareStatement, type Stated } from "../../web/statements/compareStatement.ts";
import { monthOf } from "../../web/statements/month.ts";

const flat = (value: number) => new Array<number>(96).fill(value);
const NO_ITEMS = { items: [] };

describe("records of the page", () => {
  it("has a sentence in both languages for every event, with a place for each of its figures that is named", () => {
    const events = new Set(
      Object.values(ABIS).flatMap((abi) => abi.flatMap((item) => (item.type === "event" ? [item.name] : []))),
    );
    expect([...events].filter((name) => !(name in EVENT_SENTENCES))).to.deep.equal([]);
    expect(Object.keys(EVENT_SENTENCES).filter((name) => !events.has(name as never))).to.deep.equal([]);
    const places = (text: string) => [...text.matchAll(/\{\w+(:\w+)?\}/g)].map(([place]) => place).sort();
    for (const [name, { en, zh }] of Object.entries(EVENT_SENTENCES)) {
      expect(places(en), name).to.deep.equal(places(zh));
      expect(zh, name).to.match(/[一-龥].*。$/);
    }
  });

  it("names in each sentence only what its event, or a structure in it, has", () => {
    interface Input {
      name: string;
      type: string;
      components?: readonly Input[];
    }
    const names = (inputs: readonly Input[]): string[] =>
      inputs.flatMap(({ name, type, components }) =>
        type.endsWith("]") ? [`${name}Count`] : components === undefined ? [name] : names(components),
      );
    for (const abi of Object.values(ABIS)) {
      for (const item of abi) {
        if (item.type !== "event") continue;
        const known = names(item.inputs as readonly Input[]);
        const asked = [...EVENT_SENTENCES[item.name]!.en.matchAll(/\{(\w+)/g)].map(([, name]) => name!);
        expect(known, item.name).to.include.members(asked);
      }
    }
  });

  it("writes the figures of events with their units", () => {
    const terms = { seller: 5, buyer: 8, day: 20_710, energyFen: 374_656n };
    const { en, zh } = sentenceOfEvent("TradeOpened", { id: 1n, terms });
    expect(en).to.equal(
      "Trade 1 was opened: participant 5 sells to participant 8 for 3,746.56 元, to be delivered on 2026-09-14.",
    );
    expect(zh).to.contain("参与方 5 售予参与方 8").and.contain("3,746.56 元");
    expect(sentenceOfEvent("Held", { notary: "0x1", payers: [1, 2], amountsFen: [1n, 2n] }).en).to.contain(
      "2 participants",
    );
  });

  it("goes through the life of a trade, and counts it as paid once nothing of it is owed", () => {
    const open = {
      ...{ status: "open", round: "1", openedAt: "10", openedTx: "0xa", settledAt: null, settledTx: null },
      ...{ ruledAt: null, ruledTx: null },
    };
    const reached = (...args: Parameters<typeof lifeOf>) =>
      lifeOf(...args)
        .filter(({ isReached }) => isReached)
        .map(({ step }) => step);
    expect(reached(open, [])).to.deep.equal(["signed", "received", "cleared", "onChain"]);
    const settled = { ...open, status: "settled", settledAt: "20", settledTx: "0xb" };
    expect(lifeOf(settled, []).at(-1)).to.deep.equal({ step: "paid", isReached: true, at: "20", tx: "0xb" });
    const owed = { status: "outstanding", dischargedAt: null, dischargedTx: null };
    const paid = { status: "discharged", dischargedAt: "30", dischargedTx: "0xc" };
    expect(reached(settled, [owed, paid]).at(-1)).to.equal("settled");
    expect(lifeOf(settled, [paid]).at(-1)).to.deep.equal({ step: "paid", isReached: true, at: "30", tx: "0xc" });
  });

  it("adds a day up meter by meter, and draws nothing where nothing is metered", () => {
    const trade = {
      ...{ id: "1", status: "settled", sellerId: 5, buyerId: 8, sellerMeterId: "3", buyerMeterId: "4" },
      ...{ contracted: flat(10), delivered: flat(9), contractedWh: "960", deliveredWh: "864" },
      ...{ energyFen: "100", networkFen: "20", deviationFen: "3" },
    };
    const open = {
      ...trade,
      ...{ id: "2", status: "open", delivered: null, deliveredWh: null },
      ...{ energyFen: null, networkFen: null, deviationFen: null },
    };
    const [sold, ...others] = partsOf([trade, open], 5);
    expect(others).to.deep.equal([]);
    expect(sold).to.deep.include({
      side: "sell",
      meter: "3",
      trades: 2,
      open: 1,
      contractedWh: 1920n,
      deliveredWh: 864n,
    });
    expect(sold).to.deep.include({ shortfallWh: 96n, deviationFen: 3n, contracted: flat(20), delivered: flat(9) });
    expect(partsOf([open], 8)[0]).to.deep.include({ side: "buy", meter: "4", delivered: null, shortfallWh: 0n });
    expect(partsOf([trade], 9)).to.deep.equal([]);
  });

  it("lists money latest first, with what went away below nothing", () => {
    const entries = entriesOf(
      {
        depositEntrys: {
          items: [{ id: "1", kind: "issued", amountFen: "900", bankId: 3, bookedAt: "1", bookedTx: "0x1" }],
        },
        depositTransfers: {
          items: [
            { id: "2", senderId: 5, recipientId: 8, amountFen: "100", transferredAt: "3", transferredTx: "0x2" },
            { id: "3", senderId: 8, recipientId: 5, amountFen: "40", transferredAt: "2", transferredTx: "0x3" },
          ],
        },
        marginMovements: {
          items: [
            { id: "4", kind: "locked", lockedFen: "70", round: null, movedAt: "4", movedTx: "0x4" },
            { id: "5", kind: "announced", lockedFen: "70", round: null, movedAt: "5", movedTx: "0x5" },
          ],
        },
        accountMoves: NO_ITEMS,
      },
      5,
    );
    expect(entries.map(({ at, amountFen }) => [at, amountFen])).to.deep.equal([
      [4n, -70n],
      [3n, -100n],
      [2n, 40n],
      [1n, 900n],
    ]);
  });

  it("puts debts under their due days", () => {
    const days = byDueDay([{ dueDate: "2026-12-02" }, { dueDate: "2026-12-01" }, { dueDate: "2026-12-02" }]);
    expect(days.map(({ date, debts }) => [date, debts.length])).to.deep.equal([
      ["2026-12-01", 1],
      ["2026-12-02", 2],
    ]);
  });

  it("knows the last day of every month", () => {
    expect(monthOf("2026-12")).to.deep.equal({ from: "2026-12-01", to: "2026-12-31" });
    expect(monthOf("2028-02").to).to.equal("2028-02-29");
    expect(monthOf("2026-02").to).to.equal("2026-02-28");
  });

  it("takes hashes alike in either case of letters, and figures only where they are the same", () => {
    const what = { en: "a", zh: "甲" };
    expect(differing([{ what, kind: "text", said: "0xAB", onChain: "0xab" }])).to.deep.equal([]);
    expect(differing([{ what, kind: "fen", said: 1n, onChain: 2n }])).to.have.length(1);
  });
});

describe("statements compared with the index", () => {
  const payment = (
    item: "energy" | "networkCharge" | "deviationCharge",
    payer: number,
    payee: number,
    amountFen: string,
  ) => ({
    ...{ item, payer, payee, amountFen, debt: null, dueDate: null as unknown as string },
  });
  const line = {
    ...{ trade: "1", state: "settled", role: "buyer", sellerMeter: "3", buyerMeter: "4", version: 0 },
    ...{ contractedWh: "960", deliveredWh: "864", claimedWh: "864", deviationWh: "-96" },
    payments: [
      payment("energy", 8, 5, "100"),
      payment("networkCharge", 8, 1, "20"),
      payment("deviationCharge", 5, 8, "3"),
    ],
  } as const;
  const totals = {
    ...{ soldWh: "0", boughtWh: "864", claimedWh: "864", claimableWh: "0", receivedFen: "3", paidFen: "120" },
    ...{ receivableFen: "0", payableFen: "0", netFen: "-117" },
  };
  const stated = { participant: 8, days: [{ lines: [line] }], totals } as unknown as Stated;
  const indexed = {
    ...{ id: "1", status: "settled", sellerId: 5, buyerId: 8, contractedWh: "960", deliveredWh: "864" },
    ...{ energyFen: "100", networkFen: "20", deviationFen: "3", payeeId: null, adjustments: NO_ITEMS },
  };

  it("agree where they say the same", () => expect(compareStatement(stated, [indexed])).to.deep.equal([]));

  for (const [name, value] of Object.entries({
    contractedWh: "961",
    deliveredWh: "1",
    energyFen: "101",
    networkFen: "2",
    status: "open",
  })) {
    it(`differ by ${name}`, () => {
      expect(compareStatement(stated, [{ ...indexed, [name]: value }])).to.have.length(1);
    });
  }

  it("differ where either has a trade more, and where totals are not the sum of their lines", () => {
    expect(compareStatement(stated, [])).to.have.length(1);
    expect(compareStatement(stated, [indexed, { ...indexed, id: "2" }])).to.have.length(1);
    for (const name of ["boughtWh", "receivedFen", "paidFen", "netFen"] as const) {
      const wrong = { ...stated, totals: { ...totals, [name]: String(BigInt(totals[name]) + 1n) } };
      expect(compareStatement(wrong, [indexed]), name).to.have.length(1);
    }
  });
});
