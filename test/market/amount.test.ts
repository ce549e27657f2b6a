import { expect } from "chai";
import fc from "fast-check";
import {
  amount,
  bond,
  deliveries,
  deviationByDay,
  deviationBySlot,
  networkCharge,
  subtractCurves,
  sumCurve,
  ZERO_CURVE,
} from "../../sdk/index.ts";
import { amountNumerator } from "../../sdk/market/amount.ts";
import { anyCurve, plausibleEnergy, plausiblePrice } from "../utils/arbitraries.ts";
import { Fraction } from "../utils/fraction.ts";

const whole = (value: number | bigint) => new Fraction(BigInt(value));
const anyRule = fc.record({
  toleranceBp: fc.integer({ min: 0, max: 10_000 }),
  rateBp: fc.integer({ min: 0, max: 30_000 }),
  priceFenPerMWh: fc.integer({ min: 0, max: 100_000 }),
});
const oneSlot = (value: number) => [value, ...ZERO_CURVE.slice(1)];

describe("amount of a day", () => {
  it("pays 401.20 元 for one MWh at 401.20 元/MWh", () => {
    expect(amount(oneSlot(1_000_000), oneSlot(40120))).to.equal(40120n);
  });

  it("rounds half a fen up, once, after adding the whole day", () => {
    expect(amount(oneSlot(500_000), oneSlot(1))).to.equal(1n);
    expect(amount(oneSlot(499_999), oneSlot(1))).to.equal(0n);
    const quarters = new Array<number>(96).fill(250_000);
    expect(amount(quarters, new Array<number>(96).fill(1))).to.equal(24n);
  });

  it("is the exact sum, rounded", () => {
    fc.assert(
      fc.property(anyCurve, anyCurve, (energy, price) => {
        const exact = energy.reduce(
          (sum, wh, slot) => sum.plus(new Fraction(BigInt(wh), 1_000_000n).times(whole(price[slot] ?? 0))),
          whole(0),
        );
        expect(amount(energy, price)).to.equal(exact.halfUp());
      }),
    );
  });
});

describe("network charge", () => {
  it("charges 0.1355 元/kWh on 10 MWh with 1,355.00 元", () => {
    expect(networkCharge(10_000_000n, 13_550_000n)).to.equal(135_500n);
  });

  it("is the exact charge, rounded", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 40n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (wh, tariff) => {
        const exact = new Fraction(wh, 1_000_000n).times(new Fraction(tariff, 1_000n));
        expect(networkCharge(wh, tariff)).to.equal(exact.halfUp());
      }),
    );
  });
});

describe("bond", () => {
  it("pledges a part of the energy amount, every begun fen in full", () => {
    expect(bond(100_000n, 1_000)).to.equal(10_000n);
    expect(bond(100_001n, 1_000)).to.equal(10_001n);
    expect(bond(0n, 1_000)).to.equal(0n);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 10_000 }), (fen, rateBp) => {
        expect(bond(fen, rateBp)).to.equal(new Fraction(fen * BigInt(rateBp), 10_000n).ceil());
      }),
    );
  });
});

describe("deviation by slot", () => {
  it("charges nothing inside the tolerance, whose last Wh is rounded in the seller's favour", () => {
    const rule = { toleranceBp: 400, rateBp: 1_000, priceFenPerMWh: 0 };
    const price = oneSlot(40_000);
    expect(deviationBySlot(oneSlot(1_001), oneSlot(960), price, rule).assessedWh).to.equal(0n);
    expect(deviationBySlot(oneSlot(1_001), oneSlot(959), price, rule).assessedWh).to.equal(1n);
  });

  it("charges 10 % of the contract price on what is missing beyond it", () => {
    const rule = { toleranceBp: 0, rateBp: 1_000, priceFenPerMWh: 0 };
    expect(deviationBySlot(oneSlot(10_000_000), oneSlot(4_000_000), oneSlot(40_000), rule)).to.deep.equal({
      assessedWh: 6_000_000n,
      deviationFen: 24_000n,
    });
  });

  it("is the exact charge of all slots together, rounded once", () => {
    fc.assert(
      fc.property(plausibleEnergy, plausiblePrice, plausibleEnergy, anyRule, (energy, price, metered, rule) => {
        const delivered = deliveries(energy, ZERO_CURVE, metered);
        let assessedWh = 0n;
        let charge = whole(0);
        energy.forEach((wh, slot) => {
          const tolerated = new Fraction(BigInt(wh) * BigInt(rule.toleranceBp), 10_000n).ceil();
          const beyond = BigInt(wh) - BigInt(delivered[slot] ?? 0) - tolerated;
          const assessed = beyond > 0n ? beyond : 0n;
          const rate = whole(price[slot] ?? 0)
            .times(new Fraction(BigInt(rule.rateBp), 10_000n))
            .plus(whole(rule.priceFenPerMWh));
          assessedWh += assessed;
          charge = charge.plus(new Fraction(assessed, 1_000_000n).times(rate));
        });
        expect(deviationBySlot(energy, delivered, price, rule)).to.deep.equal({
          assessedWh,
          deviationFen: charge.halfUp(),
        });
      }),
    );
  });
});

describe("deviation by day", () => {
  const exactDay = (
    total: bigint,
    short: bigint,
    numerator: bigint,
    rule: { toleranceBp: number; rateBp: number; priceFenPerMWh: number },
  ) => {
    const beyond = short - new Fraction(total * BigInt(rule.toleranceBp), 10_000n).ceil();
    const assessedWh = beyond > 0n ? beyond : 0n;
    const averagePrice = new Fraction(numerator, total);
    const rate = averagePrice.times(new Fraction(BigInt(rule.rateBp), 10_000n)).plus(whole(rule.priceFenPerMWh));
    return { assessedWh, deviationFen: new Fraction(assessedWh, 1_000_000n).times(rate).halfUp() };
  };

  it("is the exact charge at the day's average price, rounded once", () => {
    fc.assert(
      fc.property(plausibleEnergy, plausiblePrice, plausibleEnergy, anyRule, (energy, price, metered, rule) => {
        const total = sumCurve(energy);
        fc.pre(total > 0n);
        const short = sumCurve(subtractCurves(energy, deliveries(energy, ZERO_CURVE, metered)));
        const numerator = amountNumerator(energy, price);
        expect(deviationByDay(total, short, numerator, rule)).to.deep.equal(exactDay(total, short, numerator, rule));
      }),
    );
  });

  it("agrees with the charge by slot where one slot is the whole day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        anyRule,
        (wh, metered, price, rule) => {
          const energy = oneSlot(wh);
          const delivered = deliveries(energy, ZERO_CURVE, oneSlot(metered));
          const byDay = deviationByDay(
            BigInt(wh),
            BigInt(wh) - sumCurve(delivered),
            amountNumerator(energy, oneSlot(price)),
            rule,
          );
          expect(byDay).to.deep.equal(deviationBySlot(energy, delivered, oneSlot(price), rule));
        },
      ),
    );
  });

  it("charges nothing for a day without a contract", () => {
    expect(deviationByDay(0n, 0n, 0n, { toleranceBp: 0, rateBp: 1, priceFenPerMWh: 1 }).deviationFen).to.equal(0n);
  });
});
