import { expect } from "chai";
import fc from "fast-check";
import { apportion, lowValleyCurve, slotLimitWh, sumCurve, threePartCurve, WholeError } from "../../sdk/index.ts";

const anyTotal = fc.bigInt({ min: 0n, max: 30_000_000_000n });
const part = (curve: readonly number[], from: number, to: number) => curve.slice(from, to);
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe("standard curves", () => {
  it("shares a three-part day 20 : 50 : 30 over valley, peak and flat, level inside each, to the Wh", () => {
    fc.assert(
      fc.property(anyTotal, (total) => {
        const day = threePartCurve(total);
        expect(sumCurve(day)).to.equal(total);
        const shares: [number, number, bigint][] = [
          [0, 36, 20n],
          [36, 72, 50n],
          [72, 96, 30n],
        ];
        for (const [from, to, percent] of shares) {
          const wh = part(day, from, to).reduce((sum, value) => sum + BigInt(value), 0n);
          const distance = wh * 100n - total * percent;
          expect(distance > -100n && distance < 100n).to.equal(true);
          expect(spread(part(day, from, to))).to.be.at.most(1);
        }
      }),
    );
  });

  it("spreads a low-valley day level over 23:00–07:00 and nowhere else", () => {
    fc.assert(
      fc.property(anyTotal, (total) => {
        const day = lowValleyCurve(total);
        expect(sumCurve(day)).to.equal(total);
        expect(spread([...part(day, 0, 28), ...part(day, 92, 96)])).to.be.at.most(1);
        expect(part(day, 28, 92).every((wh) => wh === 0)).to.equal(true);
      }),
    );
  });

  it("shares out by largest remainder, the earlier part first among equals", () => {
    expect(apportion(10n, [1n, 1n, 1n])).to.deep.equal([4n, 3n, 3n]);
    expect(apportion(7n, [20n, 50n, 30n])).to.deep.equal([1n, 4n, 2n]);
    expect(() => apportion(1n, [0n])).to.throw(WholeError);
  });
});

describe("meter capacity", () => {
  it("lets a slot of a 5 MW station hold 1,375 kWh and no more", () => {
    expect(slotLimitWh(5_000_000n)).to.equal(1_375_000n);
  });
});
