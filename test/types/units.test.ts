import { expect } from "chai";
import fc from "fast-check";
import {
  formatKwh,
  formatMwh,
  formatPercent,
  formatTariff,
  formatYuan,
  formatYuanPerKwh,
  formatYuanPerMwh,
  parseKwh,
  parseMwh,
  parsePercent,
  parseTariff,
  parseYuan,
  parseYuanPerKwh,
  parseYuanPerMwh,
  UnitError,
} from "../../sdk/index.ts";
import { addDecimals, parseDecimal } from "../../sdk/types/decimal.ts";

describe("units", () => {
  it("reads what people write into base units", () => {
    expect(parseYuan("12.34")).to.equal(1234n);
    expect(parseYuan("0")).to.equal(0n);
    expect(parseKwh("1.25")).to.equal(1250n);
    expect(parseMwh("0.000001")).to.equal(1n);
    expect(parseYuanPerMwh("401.20")).to.equal(40120);
    expect(parseYuanPerKwh("0.4012")).to.equal(40120);
    expect(parseTariff("0.00196875")).to.equal(196875n);
    expect(parsePercent("3.85")).to.equal(385);
  });

  it("shows base units as people read them, in Chinese and English alike", () => {
    expect(formatYuan(123456789n)).to.equal("1,234,567.89 元");
    expect(formatYuan(-5n)).to.equal("-0.05 元");
    expect(formatKwh(1250n)).to.equal("1.25 kWh");
    expect(formatKwh(1000n)).to.equal("1 kWh");
    expect(formatMwh(1_250_000_000n)).to.equal("1,250 MWh");
    expect(formatYuanPerMwh(40120)).to.equal("401.20 元/MWh");
    expect(formatYuanPerKwh(40120)).to.equal("0.4012 元/kWh");
    expect(formatYuanPerKwh(40121)).to.equal("0.40121 元/kWh");
    expect(formatTariff(196875n)).to.equal("0.00196875 元/kWh");
    expect(formatPercent(385)).to.equal("3.85 %");
  });

  it("reads back every amount it shows", () => {
    const without = (shown: string) => (shown.split(" ")[0] ?? "").replaceAll(",", "");
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (units) => {
        expect(parseYuan(without(formatYuan(units)))).to.equal(units);
        expect(parseKwh(without(formatKwh(units)))).to.equal(units);
        expect(parseMwh(without(formatMwh(units)))).to.equal(units);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (price) => {
        expect(parseYuanPerMwh(without(formatYuanPerMwh(price)))).to.equal(price);
        expect(parseYuanPerKwh(without(formatYuanPerKwh(price)))).to.equal(price);
      }),
    );
  });

  it("refuses in one sentence what it cannot read exactly", () => {
    expect(() => parseYuan("12.345")).to.throw(
      UnitError,
      '"12.345" has too many decimals: write 元 with at most 2 decimals',
    );
    expect(() => parseYuan("1,200")).to.throw(UnitError, "is not a decimal number");
    expect(() => parseYuan("1e3")).to.throw(UnitError, "is not a decimal number");
    expect(() => parseYuan("")).to.throw(UnitError, "is not a decimal number");
    expect(() => parseYuan("-1")).to.throw(UnitError, "is negative");
    expect(() => parseYuanPerMwh("21474836.48")).to.throw(UnitError, "stay below 21,474,836.48 元/MWh");
    expect(parseYuanPerMwh("21474836.47")).to.equal(2 ** 31 - 1);
    expect(parseYuan("1.200")).to.equal(120n);
  });

  it("reads a number without a digit before or behind its mark, and digits and signs of full width", () => {
    for (const parse of [parseYuan, parseKwh, parseMwh, parseYuanPerMwh, parseYuanPerKwh, parseTariff, parsePercent]) {
      for (const same of [".5", "+.5", "0.50", " ０．５ ", "＋．５"]) expect(parse(same), same).to.equal(parse("0.5"));
      expect(parse("5.")).to.equal(parse("5"));
      for (const none of [".", "+", "+.", "", "．", "５ ５", "0.5.5", "٥"]) {
        expect(() => parse(none), none).to.throw(UnitError, "is not a decimal number");
      }
      for (const below of ["-.5", "−0.5", "－０．５"])
        expect(() => parse(below), below).to.throw(UnitError, "is negative");
    }
  });

  it("reads the exponents that programs write, and decimal commas, only where they are asked for", () => {
    expect(parseDecimal("5e-05", { exponents: true })).to.deep.equal({ digits: 5n, decimals: 5 });
    expect(parseDecimal("1.5E+3", { exponents: true })).to.deep.equal({ digits: 1500n, decimals: 0 });
    expect(parseDecimal(",5e1", { mark: ",", exponents: true })).to.deep.equal({ digits: 5n, decimals: 0 });
    expect(() => parseDecimal("1e99", { exponents: true })).to.throw("exponent");
    expect(() => parseDecimal("0x10", { exponents: true })).to.throw("is not a decimal number");
    expect(() => parseDecimal("1.000", { mark: "," })).to.throw("is not a decimal number such as 401,20");
    expect(() => parseDecimal("1,000")).to.throw("is not a decimal number");
  });

  it("adds decimals exactly", () => {
    expect(addDecimals(parseDecimal("0.1"), parseDecimal("-.25"))).to.deep.equal({ digits: -15n, decimals: 2 });
  });
});
