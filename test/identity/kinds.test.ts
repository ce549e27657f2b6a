import { expect } from "chai";
import { KINDS, kindBits, kindsOf } from "../../sdk/identity/index.ts";

describe("Kinds of participants", () => {
  it("are bits, each its own", () => {
    const bits = Object.values(KINDS);
    expect(bits.every((bit) => (bit & (bit - 1)) === 0)).to.equal(true);
    expect(new Set(bits).size).to.equal(bits.length);
  });

  it("are read out of a number and put into it", () => {
    expect(kindBits(["generator", "consumer", "gridCompany"])).to.equal(19);
    expect(kindsOf(19)).to.deep.equal(["generator", "consumer", "gridCompany"]);
    expect(kindsOf(0)).to.deep.equal([]);
  });
});
