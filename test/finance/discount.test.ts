import { expect } from "chai";
import fc from "fast-check";
import { DiscountError, discountPrice } from "../../sdk/finance/discount.ts";
import { WholeError } from "../../sdk/types/whole.ts";
import { Fraction } from "../utils/fraction.ts";

const whole = (value: number | bigint) => new Fraction(BigInt(value));

describe("discount price", () => {
  it("pays 990,375.00 元 for 1,000,000.00 元 due in 90 days at 3.85 % a year", () => {
    expect(discountPrice(100_000_000n, 385, 90)).to.equal(99_037_500n);
  });

  it("pays the face for a claim due today or a rate of zero", () => {
    expect(discountPrice(1n, 385, 0)).to.equal(1n);
    expect(discountPrice(12_345n, 0, 180)).to.equal(12_345n);
  });

  it("is the exact price, rounded half up", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 15n }),
        fc.integer({ min: 0, max: 9_000 }),
        fc.integer({ min: 0, max: 365 }),
        (face, rateBp, days) => {
          const factor = whole(1).minus(new Fraction(BigInt(rateBp) * BigInt(days), 10_000n * 360n));
          const exact = whole(face).times(factor).halfUp();
          if (exact > 0n) expect(discountPrice(face, rateBp, days)).to.equal(exact);
          else expect(() => discountPrice(face, rateBp, days)).to.throw(DiscountError);
        },
      ),
    );
  });

  it("takes what the chain takes, and nothing else", () => {
    expect(discountPrice(100n, 0, 365)).to.equal(100n);
    for (const days of [366, -1, 1.5, Number.NaN]) {
      expect(() => discountPrice(100n, 385, days)).to.throw(WholeError, "number of days to the due day");
    }
    for (const rateBp of [-1, 2 ** 32, 3.85]) {
      expect(() => discountPrice(100n, rateBp, 30)).to.throw(WholeError, "rate in basis points");
    }
    for (const face of [-1n, 2n ** 128n])
      expect(() => discountPrice(face, 385, 30)).to.throw(WholeError, "face in fen");
  });

  it("refuses to sell a claim for nothing", () => {
    expect(() => discountPrice(100n, 10_000, 360)).to.throw(DiscountError, "would be sold for nothing");
    expect(() => discountPrice(100n, 20_000, 360)).to.throw(DiscountError);
    expect(() => discountPrice(1n, 10_000, 350)).to.throw(DiscountError);
  });
});
