import { expect } from "chai";
import { parseDay, startOfDay } from "../../../sdk/types/time.ts";
import { type Lived, lifeOf, stageOf } from "../../../web/finance/life.ts";

const at = (date: string, hour = 9) => startOfDay(parseDay(date)) + hour * 3600;
const second = (date: string) => String(at(date));

const DEBT: NonNullable<Lived["debt"]> = {
  ...{ status: "outstanding", lastPaymentDay: parseDay("2026-11-16"), standsStillUntil: null },
  ...{ dischargedAt: null, defaultedAt: null, writtenOffAt: null },
};
const CLAIM: Lived = {
  ...{ issueDate: "2026-09-16", dueDate: "2026-11-14", dueDay: parseDay("2026-11-14") },
  ...{ faceFen: "1000", collectedFen: "0", debt: DEBT, encumbrances: { items: [] }, financings: { items: [] } },
};
const line = (claim: Lived, now: number) => lifeOf(claim, now).map(({ words, date, state }) => [words.en, date, state]);

describe("the life line of a receivable", () => {
  it("begins with its issue, and what comes is ahead", () => {
    expect(line(CLAIM, at("2026-10-01"))).to.deep.equal([
      ["Issued", "2026-09-16", "done"],
      ["Due", "2026-11-14", "ahead"],
      ["Collected", undefined, "ahead"],
    ]);
  });

  it("puts pledge and financing in the order in which they happened", () => {
    const financings = { items: [{ financedAt: second("2026-09-20") }] };
    const encumbrances = { items: [{ status: "live", pledgedAt: second("2026-10-02") }] };
    const names = (claim: Lived) => line(claim, at("2026-10-05")).map(([name]) => name);
    expect(names({ ...CLAIM, financings, encumbrances })).to.deep.equal([
      "Issued",
      "Financed",
      "Pledged",
      "Due",
      "Collected",
    ]);
    const earlier = { items: [{ status: "released", pledgedAt: second("2026-09-17") }] };
    expect(names({ ...CLAIM, financings, encumbrances: earlier })).to.deep.equal([
      ...["Issued", "Pledge ended", "Financed", "Due", "Collected"],
    ]);
  });

  it("is due on the due day and overdue only after the last day of payment, which a holiday puts off", () => {
    expect(line(CLAIM, at("2026-11-14", 0)).slice(1)).to.deep.equal([
      ["Due", "2026-11-14", "done"],
      ["To be paid", undefined, "now"],
    ]);
    expect(stageOf(CLAIM, at("2026-11-16", 23))).to.equal("Matured");
    expect(line(CLAIM, at("2026-11-17", 0)).at(-1)).to.deep.equal(["Overdue", undefined, "bad"]);
  });

  it("ends in default, in a write-off or in full payment, each with its day", () => {
    const after = at("2027-03-01");
    const with_ = (debt: Partial<typeof DEBT>, collectedFen = "0") =>
      line({ ...CLAIM, collectedFen, debt: { ...DEBT, ...debt } }, after).at(-1);
    const defaultedAt = second("2026-12-20");
    expect(with_({ status: "defaulted", defaultedAt })).to.deep.equal(["In default", "2026-12-20", "bad"]);
    expect(with_({ status: "writtenOff", defaultedAt, writtenOffAt: second("2027-02-20") })).to.deep.equal([
      ...["Written off", "2027-02-20", "bad"],
    ]);
    const dischargedAt = second("2026-11-14");
    expect(with_({ status: "discharged", dischargedAt }, "400")).to.deep.equal([
      ...["Paid, waiting to be collected", "2026-11-14", "now"],
    ]);
    expect(with_({ status: "discharged", dischargedAt }, "1000")).to.deep.equal([
      ...["Collected in full", "2026-11-14", "done"],
    ]);
  });

  it("is not due before its day, though it was paid before", () => {
    const debt = { ...DEBT, status: "discharged" as const, dischargedAt: second("2026-10-01") };
    expect(line({ ...CLAIM, debt }, at("2026-10-02"))[1]).to.deep.equal(["Due", "2026-11-14", "ahead"]);
  });
});
