import { expect } from "chai";
import {
  type CountedDebt,
  type CountedTrade,
  DEBT_MARKS,
  type DebtMark,
  gradeOn,
  recomputeCredit,
} from "../../sdk/index.ts";

const DEBTOR = 7;
/** The first day of a 30-day month. */
const FIRST = 30 * 693;
const TODAY = FIRST + 200;

const debt = (mark: DebtMark, day: number, ends = false, creditor = 8, paidFen = 20_000n): CountedDebt => ({
  ...{
    debtor: DEBTOR,
    creditor,
    paidFen,
    mark: DEBT_MARKS.indexOf(mark),
    day,
    daysLate: mark === "OnTime" ? 0 : 1,
    ends,
  },
});
const sale = (deliveredWh: bigint): CountedTrade => ({
  ...{
    seller: DEBTOR,
    buyer: 20,
    energyFen: 20_000n,
    contractedWh: 100n,
    deliveredWh,
    charged: false,
    late: false,
    ruled: false,
  },
});
const grade = (debts: CountedDebt[], trades: CountedTrade[] = [], today = TODAY) =>
  gradeOn(recomputeCredit(trades, debts).get(DEBTOR), today);
/** Two points each, to creditors of which each takes two. */
const onTime = (times: number) =>
  Array.from({ length: times }, (_, index) => debt("OnTime", FIRST, false, 8 + Math.floor(index / 2)));

// The cases of CreditLedger.t.sol, computed from the events of the ledger instead of its storage.
describe("a participant's grade out of events", () => {
  it("takes a record for the best", () => {
    expect(grade([])).to.equal("Unrated");
    expect(grade(onTime(7))).to.equal("B");
    expect(grade(onTime(8))).to.equal("A");
    expect(grade(onTime(7), [sale(96n)])).to.equal("A");
    expect(grade(onTime(7), [sale(95n)])).to.equal("B");
    expect(grade([...onTime(8), debt("Late", FIRST)])).to.equal("B");
    expect(grade([...onTime(8), debt("Late", FIRST)], [], FIRST + 390)).to.equal("A");
  });

  it("weighs what was paid, a little a piece and with one counterparty", () => {
    const paid = (fen: bigint, times: number, of = (index: number) => index) =>
      Array.from({ length: times }, (_, index) => debt("OnTime", FIRST, false, 100 + of(index), fen));
    expect(grade(paid(9_999n, 50))).to.equal("B");
    expect(grade(paid(10_000n, 14))).to.equal("B");
    expect(grade(paid(10_000n, 15))).to.equal("A");
    expect(grade(paid(10n ** 9n, 7))).to.equal("B");
    expect(grade(paid(10n ** 9n, 8))).to.equal("A");
    const withFew = (creditors: number) => paid(20_000n, 60, (index) => index % creditors);
    expect(grade(withFew(2))).to.equal("B");
    expect(grade(withFew(3))).to.equal("A");
  });

  it("watches who pays late twice within two months, or not when grace ends", () => {
    const late = (...days: number[]) => days.map((day) => debt("Late", day));
    expect(grade(late(FIRST + 59, FIRST - 1))).to.equal("B");
    expect(grade(late(FIRST + 59, FIRST))).to.equal("C");
    expect(grade(late(FIRST + 59, FIRST, FIRST + 30))).to.equal("C");
    expect(grade(late(FIRST + 59, FIRST, FIRST + 30, FIRST + 41))).to.equal("D");
    expect(grade([debt("Default", FIRST)])).to.equal("C");
    expect(grade([debt("Default", FIRST), debt("Default", FIRST + 100)])).to.equal("D");
    expect(grade([debt("Default", FIRST), debt("Default", FIRST + 100)], [], FIRST + 390)).to.equal("C");
  });

  it("bars who is in arrears, as long as they stand and a year from when they arose", () => {
    const arrears = debt("Arrears", FIRST);
    expect(grade([arrears], [], FIRST + 1000)).to.equal("D");
    const repaid = [arrears, debt("Late", FIRST + 900, true)];
    expect(grade(repaid, [], FIRST + 1000)).to.equal("B");
    // Counted only once it was repaid.
    expect(grade([debt("Arrears", FIRST, true)], [], TODAY)).to.equal("D");
    expect(grade([debt("Arrears", FIRST, true)], [], FIRST + 390)).to.equal("Unrated");
  });

  it("bars whose debt was written off, a year from then even if it was paid after all", () => {
    const debts = [debt("Arrears", FIRST - 300), debt("WrittenOff", FIRST), debt("Late", FIRST + 90, true)];
    expect(grade(debts)).to.equal("D");
    expect(grade(debts, [], FIRST + 390)).to.equal("B");
  });

  it("is the same in any order of counting", () => {
    const debts = [debt("Late", FIRST), debt("Default", FIRST + 70), ...onTime(3), debt("Arrears", FIRST - 20)];
    expect(grade(debts)).to.equal(grade(debts.reverse()));
  });

  it("counts nothing of what was left out", () => {
    expect(grade([debt("LeftOut", FIRST)])).to.equal("Unrated");
  });
});
