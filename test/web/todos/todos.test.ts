import { expect } from "chai";
import { parseDay, startOfDay } from "../../../sdk/index.ts";
import { type Concerns, todosOf } from "../../../web/todos/todosOf.ts";

const ME = "0x00000000000000000000000000000000000000a1";
const OTHER = "0x00000000000000000000000000000000000000b2";
const NOW = startOfDay(parseDay("2026-11-30")) + 12 * 3600;

const NOTHING: Concerns = {
  debts: { items: [] },
  claimDrafts: { items: [] },
  sold: { items: [] },
  bought: { items: [] },
  meterDayAcceptances: { items: [] },
  financingRequests: { items: [] },
  margin: null,
  proposals: [],
};

const todos = (concerns: Partial<Concerns>) => todosOf({ ...NOTHING, ...concerns }, { account: ME, now: NOW });
const keys = (concerns: Partial<Concerns>) => todos(concerns).map(({ key }) => key);

const debt = (id: string, dueDate: string) => ({
  ...{ id, creditorId: 5, dueDate, amountFen: "100", paidFen: "0", reducedFen: "0" },
});
const trade = (over: Record<string, unknown>) => ({
  seller: ME,
  buyer: OTHER,
  date: "2026-12-02",
  expiry: String(NOW + 99_999),
  ...over,
});
const proposal = (state: string, over = {}) => ({ hash: "0x12", state, trade: trade(over) }) as never;
const reading = (over: Record<string, unknown> = {}) => ({
  sellerMeterId: "3",
  date: "2026-11-29",
  sellerMeterDay: { state: "reported", version: 2, finalisableAt: String(NOW + 3 * 3600), ...over },
});

describe("to-dos", () => {
  it("names nothing where nothing waits", () => expect(todos({})).to.deep.equal([]));

  it("names proposals that wait for one's own signature alone", () => {
    expect(keys({ proposals: [proposal("waitsForSeller")] })).to.deep.equal(["proposal 0x12"]);
    expect(keys({ proposals: [proposal("waitsForBuyer"), proposal("complete")] })).to.deep.equal([]);
    expect(
      keys({ proposals: [proposal("waitsForBuyer", { seller: OTHER, buyer: ME.toUpperCase().replace("0X", "0x") })] }),
    ).to.deep.equal(["proposal 0x12"]);
  });

  it("names debts within a week of their due day, together by day, and says which are late", () => {
    const debts = {
      items: [debt("1", "2026-11-28"), debt("2", "2026-12-07"), debt("3", "2026-12-07"), debt("4", "2026-12-08")],
    };
    const named = todos({ debts });
    expect(named.map(({ key, isUrgent }) => [key, isUrgent])).to.deep.equal([
      ["debts 2026-11-28", true],
      ["debts 2026-12-07", false],
    ]);
    expect(named[0]!.words.zh).to.contain("逾期费");
    expect(named[1]!.words.en).to.contain("2 debts");
  });

  it("names readings while they are open to objection and not accepted, once a meter day", () => {
    expect(keys({ sold: { items: [reading()] }, bought: { items: [reading()] } })).to.deep.equal([
      "reading 3 2026-11-29",
    ]);
    expect(keys({ sold: { items: [reading({ state: "final" })] } })).to.deep.equal([]);
    expect(keys({ sold: { items: [reading({ finalisableAt: String(NOW) })] } })).to.deep.equal([]);
    const accepted = (version: number) => ({ items: [{ meterDayId: "3-2026-11-29", version }] });
    expect(keys({ sold: { items: [reading()] }, meterDayAcceptances: accepted(2) })).to.deep.equal([]);
    expect(keys({ sold: { items: [reading()] }, meterDayAcceptances: accepted(1) })).to.have.length(1);
  });

  it("names requests that have bids, drafts, and margin whose notice is over", () => {
    const request = (totalCount: number) => ({
      id: "1",
      receivableId: "7",
      lastDate: "2026-12-05",
      bids: { totalCount },
    });
    expect(keys({ financingRequests: { items: [request(0)] } })).to.deep.equal([]);
    expect(keys({ financingRequests: { items: [request(2)] } })).to.deep.equal(["request 1"]);
    expect(
      keys({ claimDrafts: { items: [{ id: "4", creditorId: 9, amountFen: "1", dueDate: "2026-12-31" }] } }),
    ).to.deep.equal(["draft 4"]);
    const margin = (releasableAt: number, announcedLockedFen = "5") => ({
      announcedLockedFen,
      announcedTermsFen: "0",
      releasableAt: String(releasableAt),
    });
    expect(keys({ margin: margin(NOW) })).to.deep.equal(["margin"]);
    expect(keys({ margin: margin(NOW + 1) })).to.deep.equal([]);
    expect(keys({ margin: margin(NOW, "0") })).to.deep.equal([]);
  });

  it("puts urgent things first", () => {
    const debts = { items: [debt("1", "2026-12-05")] };
    const sold = { items: [reading()] };
    expect(keys({ debts, sold })).to.deep.equal(["reading 3 2026-11-29", "debts 2026-12-05"]);
  });
});
