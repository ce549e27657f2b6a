import { expect } from "chai";
import { isOpenObjection } from "../../../web/cases/isOpenObjection.ts";
import { readAward } from "../../../web/cases/readAward.ts";

describe("an objection", () => {
  const meterDay = { meterId: "3", date: "2026-09-14", state: "reported", version: 1, correctedVersion: null } as const;

  it("stands while what it objects to is in force and not final", () => {
    expect(isOpenObjection({ version: 1, meterDay })).to.equal(true);
    expect(isOpenObjection({ version: 1, meterDay: { ...meterDay, version: 2 } })).to.equal(false);
    expect(isOpenObjection({ version: 1, meterDay: { ...meterDay, state: "final" } })).to.equal(false);
    expect(isOpenObjection({ version: 1, meterDay: null })).to.equal(false);
  });

  it("stands against a correction of a final day", () => {
    const corrected = { ...meterDay, state: "final", correctedVersion: 2 } as const;
    expect(isOpenObjection({ version: 2, meterDay: corrected })).to.equal(true);
    expect(isOpenObjection({ version: 1, meterDay: corrected })).to.equal(false);
  });
});

describe("an award", () => {
  it("is at most what is held, and may be nothing", () => {
    expect(readAward("12.34", 1_234n)).to.deep.equal({ value: 1_234n, wrong: undefined });
    expect(readAward("0", 1_234n).value).to.equal(0n);
    expect(readAward("12.35", 1_234n).wrong?.en).to.match(/^Between 0 and .*12\.34.* can be awarded, not 12\.35\.$/);
    expect(readAward("", 1_234n)).to.deep.equal({ value: undefined, wrong: undefined });
  });
});
