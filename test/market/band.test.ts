import { expect } from "chai";
import fc from "fast-check";
import {
  amount,
  type Band,
  BandError,
  bandLabel,
  bandsToCurves,
  bandTotals,
  checkBands,
  curvesToBands,
  sumCurve,
  threePartCurve,
} from "../../sdk/index.ts";
import { anyBands, anyCurve } from "../utils/arbitraries.ts";

const peak: Band = { fromSlot: 36, toSlot: 72, energyWh: 500, price: 40120 };

describe("bands", () => {
  it("describes the day that its curves hold", () => {
    fc.assert(
      fc.property(anyCurve, anyCurve, (energy, price) => {
        const back = bandsToCurves(curvesToBands(energy, price));
        expect(back.energy).to.deep.equal(energy);
        expect(back.price).to.deep.equal(price.map((value, slot) => (energy[slot] === 0 ? 0 : value)));
      }),
    );
  });

  it("writes a day in as few bands as possible", () => {
    fc.assert(
      fc.property(anyBands, (bands) => {
        const { energy, price } = bandsToCurves(bands);
        const fewest = curvesToBands(energy, price);
        expect(fewest.length).to.be.at.most(bands.length);
        expect(bandsToCurves(fewest)).to.deep.equal({ energy, price });
        fewest.slice(1).forEach((band, index) => {
          const before = fewest[index];
          const touches = before?.toSlot === band.fromSlot;
          expect(touches && before?.energyWh === band.energyWh && before?.price === band.price).to.equal(false);
        });
      }),
    );
  });

  it("writes a three-part day of round size in three bands", () => {
    const energy = threePartCurve(36_000_000n);
    const bands = curvesToBands(energy, new Array<number>(96).fill(40120));
    expect(bands.map(bandLabel)).to.deep.equal(["00:00–09:00", "09:00–18:00", "18:00–24:00"]);
    expect(bandTotals(bands)).to.deep.equal({ totalEnergyWh: 36_000_000n, totalAmountFen: 1_444_320n });
  });

  it("totals what its slots add up to", () => {
    fc.assert(
      fc.property(anyBands, (bands) => {
        const { energy, price } = bandsToCurves(bands);
        const slots = bands.map((band) => BigInt(band.toSlot - band.fromSlot) * BigInt(band.energyWh));
        expect(bandTotals(bands)).to.deep.equal({
          totalEnergyWh: slots.reduce((all, wh) => all + wh, 0n),
          totalAmountFen: amount(energy, price),
        });
        expect(sumCurve(energy)).to.equal(bandTotals(bands).totalEnergyWh);
      }),
    );
  });

  it("lets bands touch", () => {
    expect(checkBands([peak, { ...peak, fromSlot: 72, toSlot: 96 }])).to.have.length(2);
  });

  const wrong: [string, Band[], string][] = [
    ["reversed", [{ ...peak, fromSlot: 72, toSlot: 36 }], "is not a stretch of the day"],
    ["empty", [{ ...peak, toSlot: 36 }], "is not a stretch of the day"],
    ["beyond the day", [{ ...peak, toSlot: 97 }], "is not a stretch of the day"],
    ["before the day", [{ ...peak, fromSlot: -1 }], "is not a stretch of the day"],
    ["not on a slot", [{ ...peak, fromSlot: 36.5 }], "is not a stretch of the day"],
    ["overlapping", [peak, { ...peak, fromSlot: 71, toSlot: 96 }], "begins before slot 72"],
    ["descending", [peak, { ...peak, fromSlot: 0, toSlot: 36 }], "begins before slot 72"],
    ["without energy", [{ ...peak, energyWh: 0 }], "holds 0 Wh a slot"],
    ["too large", [{ ...peak, energyWh: 2 ** 31 }], "holds 2147483648 Wh a slot"],
    ["priced below zero", [{ ...peak, price: -1 }], "is priced at -1 fen/MWh"],
    ["priced too high", [{ ...peak, price: 2 ** 31 }], "is priced at 2147483648 fen/MWh"],
  ];
  for (const [what, bands, reason] of wrong) {
    it(`given bands ${what}, says so`, () => {
      expect(() => bandsToCurves(bands)).to.throw(BandError, reason);
    });
  }
});
