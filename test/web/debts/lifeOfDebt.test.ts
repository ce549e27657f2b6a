import { expect } from "chai";
import { parseDay, startOfDay } from "../../../sdk/types/time.ts";
import { type LivedDebt, lifeOfDebt } from "../../../web/debts/lifeOfDebt.ts";

const at = (date: string, hour = 9) => startOfDay(parseDay(date)) + hour * 3600;
const second = (date: string) => String(at(date));

const DEBT: LivedDebt = {
  ...{ status: "outstanding", issueDate: "2026-09-16", lastPaymentDate: "2026-11-16", standsStillUntil: null },
  ...{ defaultedAt: null, recoveringAt: null, writtenOffAt: null, dischargedAt: null },
};
const CLOCK = { defaultsAt: at("2026-11-24"), arrearsAt: at("2027-01-16") };
const line = (debt: Partial<LivedDebt>, now: string, clock: typeof CLOCK | undefined = CLOCK) =>
  lifeOfDebt({ ...DEBT, ...debt }, clock, at(now)).map(({ words, date, state }) => [words.en, date, state]);

describe("the life line of a debt", () => {
  it("has ahead what has not come", () => {
    expect(line({}, "2026-10-01")).to.deep.equal([
      ["Arose", "2026-09-16", "done"],
      ["To be paid by", "2026-11-16", "ahead"],
      ["In default", "2026-11-24", "ahead"],
      ["In arrears", "2027-01-16", "ahead"],
      ["Discharged", undefined, "ahead"],
    ]);
  });

  it("says that default can be declared, and since when it is", () => {
    expect(line({}, "2026-11-25")[2]).to.deep.equal(["Default can be declared", "2026-11-24", "now"]);
    const defaulted = { status: "defaulted", defaultedAt: second("2026-11-26") } as const;
    expect(line(defaulted, "2027-02-01").slice(2, 4)).to.deep.equal([
      ["In default", "2026-11-26", "bad"],
      ["In arrears", "2027-01-16", "bad"],
    ]);
  });

  it("stands still only as long as it does", () => {
    const still = { standsStillUntil: second("2026-11-30") };
    expect(line(still, "2026-11-20")[2]).to.deep.equal(["Stands still until", "2026-11-30", "now"]);
    expect(line(still, "2026-12-01").map(([name]) => name)).not.to.include("Stands still until");
  });

  it("ends with the day on which it was discharged, and without a clock", () => {
    const paid = { status: "discharged", dischargedAt: second("2026-11-13") } as const;
    expect(line(paid, "2026-12-01")).to.deep.equal([
      ["Arose", "2026-09-16", "done"],
      ["To be paid by", "2026-11-16", "done"],
      ["Discharged", "2026-11-13", "done"],
    ]);
  });
});
