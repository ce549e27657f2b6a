import { expect } from "chai";
import {
  CLAIM_MARKS,
  type ClaimMark,
  type CountedClaim,
  type CountedTrade,
  gradeOn,
  recomputeCredit,
} from "../../sdk/index.ts";

const DEBTOR = 7;
/** The first day of a 30-day month. */
const FIRST = 30 * 693;
const TODAY = FIRST + 200;

const claim = (mark: ClaimMark, day: number, ends = false): CountedClaim => ({
  ...{ debtor: DEBTOR, mark: CLAIM_MARKS.indexOf(mark), day, daysLate: mark === "OnTime" ? 0 : 1, ends },
});
const sale = (deliveredWh: bigint): CountedTrade => ({
  ...{ seller: DEBTOR, buyer: 8, contractedWh: 100n, deliveredWh, charged: false, late: false, ruled: false },
});
const grade = (claims: CountedClaim[], trades: CountedTrade[] = [], today = TODAY) =>
  gradeOn(recomputeCredit(trades, claims).get(DEBTOR), today);
const onTime = (times: number) => Array.from({ length: times }, () => claim("OnTime", FIRST));

// The cases of CreditLedger.t.sol, computed from the events of the ledger instead of its storage.
describe("a participant's grade out of events", () => {
  it("takes a record for the best", () => {
    expect(grade([])).to.equal("Unrated");
    expect(grade(onTime(9))).to.equal("B");
    expect(grade(onTime(10))).to.equal("A");
    expect(grade(onTime(9), [sale(96n)])).to.equal("A");
    expect(grade(onTime(9), [sale(95n)])).to.equal("B");
    expect(grade([...onTime(10), claim("Late", FIRST)])).to.equal("B");
    expect(grade([...onTime(10), claim("Late", FIRST)], [], FIRST + 390)).to.equal("A");
  });

  it("watches who pays late twice within two months, or not when grace ends", () => {
    const late = (...days: number[]) => days.map((day) => claim("Late", day));
    expect(grade(late(FIRST + 59, FIRST - 1))).to.equal("B");
    expect(grade(late(FIRST + 59, FIRST))).to.equal("C");
    expect(grade(late(FIRST + 59, FIRST, FIRST + 30))).to.equal("C");
    expect(grade(late(FIRST + 59, FIRST, FIRST + 30, FIRST + 41))).to.equal("D");
    expect(grade([claim("Default", FIRST)])).to.equal("C");
    expect(grade([claim("Default", FIRST), claim("Default", FIRST + 100)])).to.equal("D");
    expect(grade([claim("Default", FIRST), claim("Default", FIRST + 100)], [], FIRST + 390)).to.equal("C");
  });

  it("bars who is in arrears, as long as they stand and a year from when they arose", () => {
    const arrears = claim("Arrears", FIRST);
    expect(grade([arrears], [], FIRST + 1000)).to.equal("D");
    const repaid = [arrears, claim("Late", FIRST + 900, true)];
    expect(grade(repaid, [], FIRST + 1000)).to.equal("B");
    // Counted only once it was repaid.
    expect(grade([claim("Arrears", FIRST, true)], [], TODAY)).to.equal("D");
    expect(grade([claim("Arrears", FIRST, true)], [], FIRST + 390)).to.equal("Unrated");
  });

  it("bars whose claim was written off, a year from then even if it was paid after all", () => {
    const claims = [claim("Arrears", FIRST - 300), claim("WrittenOff", FIRST), claim("Late", FIRST + 90, true)];
    expect(grade(claims)).to.equal("D");
    expect(grade(claims, [], FIRST + 390)).to.equal("B");
  });

  it("is the same in any order of counting", () => {
    const claims = [claim("Late", FIRST), claim("Default", FIRST + 70), ...onTime(3), claim("Arrears", FIRST - 20)];
    expect(grade(claims)).to.equal(grade(claims.reverse()));
  });

  it("counts nothing of what was left out", () => {
    expect(grade([claim("LeftOut", FIRST)])).to.equal("Unrated");
  });
});
