import { expect } from "chai";
import {
  DEBT_CODE_ENTRIES,
  DEBT_CODES,
  DEBT_STATUS_WORDS,
  DEBT_STATUSES,
  daysLate,
  differenceSource,
  lateFee,
  readDifferenceSource,
  tradeOfDebt,
  tradeSource,
  WholeError,
} from "../../sdk/index.ts";

describe("a late fee", () => {
  it("is simple interest, actual/360, rounded half up once over all stretches", () => {
    expect(lateFee(1_800, [{ unpaidFen: 1_000_000n, days: 30 }])).to.equal(15_000n);
    expect(lateFee(1_800, [])).to.equal(0n);
    // 0.5 fen in all, of which neither stretch alone makes half.
    const stretch = { unpaidFen: 50n, days: 10 };
    expect(lateFee(1_800, [stretch])).to.equal(0n);
    expect(lateFee(1_800, [stretch, stretch])).to.equal(1n);
  });

  it("is of whole days, rates and fen that the chain can hold", () => {
    for (const days of [1.5, -1, Number.NaN]) {
      expect(() => lateFee(1_800, [{ unpaidFen: 100n, days }])).to.throw(WholeError, "number of days late");
    }
    expect(() => lateFee(18.5, [])).to.throw(WholeError, "rate in basis points");
    expect(() => lateFee(1_800, [{ unpaidFen: -1n, days: 1 }])).to.throw(WholeError, "unpaid amount");
    expect(() => daysLate(Number.NaN, 1_000)).to.throw(WholeError, "first second");
    expect(() => daysLate(1_000, 1_000.5)).to.throw(WholeError, "second now");
  });

  it("counts a day from its first second", () => {
    expect([999, 1_000, 87_399, 87_400].map((now) => daysLate(1_000, now))).to.deep.equal([0, 1, 1, 2]);
  });
});

describe("the source of a debt", () => {
  it("names the trade that the debt comes from", () => {
    expect(tradeOfDebt("LateInvoice", tradeSource(7n))).to.equal(7n);
    expect(tradeOfDebt("ConfirmedClaim", tradeSource(7n))).to.equal(undefined);
  });

  it("names trade, version and amount of a difference", () => {
    const difference = { trade: 2n ** 64n - 1n, version: 65_535, amount: 2 };
    const source = differenceSource(difference);
    expect(readDifferenceSource(source)).to.deep.equal(difference);
    expect(tradeOfDebt("Adjustment", source)).to.equal(difference.trade);
  });
});

describe("words of debts", () => {
  it("are there in both languages for every code and status", () => {
    const words = [...Object.values(DEBT_CODE_ENTRIES), ...Object.values(DEBT_STATUS_WORDS)];
    expect(words).to.have.length(DEBT_CODES.length - 1 + DEBT_STATUSES.length - 1);
    for (const { en, zh } of words) {
      expect(en).to.match(/^[a-z]/);
      expect(zh).to.match(/^\p{Script=Han}+$/u);
    }
  });
});
