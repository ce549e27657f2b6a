import { expect } from "chai";
import { DujiangError } from "../../../sdk/index.ts";
import type { DayCurves } from "../../../web/market/entry/entryState.ts";
import { paste } from "../../../web/market/entry/paste.ts";
import { CLIPBOARDS } from "./clipboards.ts";

/** Something is there already, so that what is left alone shows. */
const before: DayCurves = {
  energy: Array.from({ length: 96 }, (_, slot) => 77_000 + slot),
  price: new Array<number>(96).fill(35_000),
};

describe("what is pasted into a day", () => {
  it("comes in at least 50 forms, each with a name of its own", () => {
    expect(CLIPBOARDS.length).to.be.at.least(50);
    expect(new Set(CLIPBOARDS.map(({ name }) => name)).size).to.equal(CLIPBOARDS.length);
    expect(CLIPBOARDS.filter(({ refused }) => refused !== undefined).length).to.be.within(20, CLIPBOARDS.length - 30);
  });

  for (const { name, text, refused, says, energy, price, from = 0, ...target } of CLIPBOARDS) {
    const put = () => paste(text, { day: before, slot: 0, layer: "energy", unit: "kWh", ...target });
    if (refused !== undefined) {
      it(`refuses ${name}, in both languages, and changes nothing`, () => {
        const kept = structuredClone(before);
        expect(put)
          .to.throw(DujiangError, refused)
          .that.satisfies(({ sentences }: DujiangError) => {
            expect(sentences.en).to.match(/Nothing was pasted\.$/);
            return /未粘贴任何内容。$/.test(sentences.zh) && !/undefined|NaN/.test(sentences.en + sentences.zh);
          });
        expect(before).to.deep.equal(kept);
      });
      continue;
    }
    it(`takes ${name}`, () => {
      const pasted = put();
      const many = (energy ?? price)!.length;
      expect([pasted.from, pasted.to]).to.deep.equal([from, from + many]);
      const expected = (layer: "energy" | "price", values: readonly number[] | undefined) =>
        before[layer].map((value, slot) => values?.[slot - from] ?? value);
      expect(pasted.day.energy).to.deep.equal(expected("energy", energy));
      expect(pasted.day.price).to.deep.equal(expected("price", price));
      if (says !== undefined) expect(pasted.said.en).to.contain(says);
    });
  }
});
