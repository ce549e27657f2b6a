import { expect } from "chai";
import fc from "fast-check";
import {
  addCurves,
  type Curve,
  CurveError,
  curve,
  decodeCurve,
  deliveries,
  encodeCurve,
  hashCurve,
  minCurve,
  sameCurve,
  subtractCurves,
  sumCurve,
  ZERO_CURVE,
} from "../../sdk/index.ts";
import { firstAbove } from "../../sdk/types/curve.ts";
import { anyCurve, LANE_MAX, plausibleEnergy } from "../utils/arbitraries.ts";

const level = (value: number): Curve => new Array<number>(96).fill(value);

describe("curves", () => {
  it("travels as 384 bytes, four a slot, and comes back the same", () => {
    const day = [1, LANE_MAX, ...level(0).slice(2)];
    expect(encodeCurve(day).slice(0, 18)).to.equal("0x000000017fffffff");
    expect(encodeCurve(day)).to.have.length(2 + 768);
    fc.assert(
      fc.property(anyCurve, (values) => {
        expect(decodeCurve(encodeCurve(values))).to.deep.equal(values);
      }),
    );
  });

  it("has a hash of its own for every day", () => {
    expect(hashCurve(ZERO_CURVE)).to.match(/^0x[0-9a-f]{64}$/);
    fc.assert(
      fc.property(anyCurve, anyCurve, (left, right) => {
        expect(hashCurve(left) === hashCurve(right)).to.equal(sameCurve(left, right));
      }),
    );
  });

  it("refuses what is not a day of 96 whole numbers below 2^31", () => {
    expect(() => curve(level(0).slice(1))).to.throw(CurveError, "A curve has 96 slots, not 95.");
    expect(() => curve([...level(0).slice(1), 2 ** 31])).to.throw(CurveError, "Slot 95 (23:45–24:00) holds 2147483648");
    expect(() => curve([-1, ...level(0).slice(1)])).to.throw(CurveError, "Slot 0");
    expect(() => curve([0.5, ...level(0).slice(1)])).to.throw(CurveError, "Slot 0");
    for (const none of [Number.NaN, "", "1", null, true, undefined] as number[]) {
      expect(() => curve([none, ...level(0).slice(1)]), String(none)).to.throw(CurveError, "Slot 0");
    }
    expect(() => decodeCurve("0x00")).to.throw(CurveError, "384 bytes");
    expect(() => decodeCurve(`0x80000000${"00".repeat(380)}`)).to.throw(CurveError, "Slot 0");
  });

  it("adds, and subtracts back what it added", () => {
    fc.assert(
      fc.property(plausibleEnergy, plausibleEnergy, (left, right) => {
        const both = addCurves(left, right);
        expect(subtractCurves(both, right)).to.deep.equal(left);
        expect(sumCurve(both)).to.equal(sumCurve(left) + sumCurve(right));
      }),
    );
    expect(() => addCurves(level(LANE_MAX), level(1))).to.throw(CurveError);
    expect(() => subtractCurves(level(1), level(2))).to.throw(CurveError);
  });

  it("finds the first slot in which one day exceeds another", () => {
    expect(firstAbove(level(1), level(1))).to.equal(undefined);
    expect(firstAbove([...level(1).slice(1), 2], level(1))).to.equal(95);
    fc.assert(
      fc.property(anyCurve, anyCurve, (left, right) => {
        expect(firstAbove(minCurve(left, right), right)).to.equal(undefined);
        expect(firstAbove(left, right) === undefined).to.equal(sameCurve(minCurve(left, right), left));
      }),
    );
  });
});

describe("deliveries", () => {
  it("given a meter that measured everything, delivers every trade in full", () => {
    expect(deliveries(level(5), level(10), level(15))).to.deep.equal(level(5));
  });

  it("given a meter that measured less than was sold, leaves the earlier trade whole and shortens the later one", () => {
    const metered = level(12);
    expect(deliveries(level(10), ZERO_CURVE, metered)).to.deep.equal(level(10));
    expect(deliveries(level(10), level(10), metered)).to.deep.equal(level(2));
    expect(deliveries(level(10), level(20), metered)).to.deep.equal(ZERO_CURVE);
  });

  it("never delivers more than was metered, however many trades are stacked", () => {
    fc.assert(
      fc.property(fc.array(plausibleEnergy, { minLength: 1, maxLength: 6 }), plausibleEnergy, (trades, metered) => {
        let offset = ZERO_CURVE;
        let delivered = ZERO_CURVE;
        for (const energy of trades) {
          delivered = addCurves(delivered, deliveries(energy, offset, metered));
          offset = addCurves(offset, energy);
        }
        expect(delivered).to.deep.equal(minCurve(offset, metered));
      }),
    );
  });
});
