import { expect } from "chai";
import { root } from "../../scripts/root.ts";
import { readSizes, sizeProblems, sizeTable } from "../../tools/build/sizes.ts";

describe("the size budget of contracts", () => {
  const ample = { name: "Ample", code: 24_076, initCode: 48_652 };

  it("is kept as long as 500 bytes are left", () => {
    expect(sizeProblems([ample])).to.deep.equal([]);
    expect(sizeProblems([{ ...ample, name: "Full", code: 24_077 }])).to.deep.equal([
      "Full has 499 bytes left of the 24,576 that its code may have (EIP-170): at least 500 must be left.",
    ]);
    expect(sizeProblems([{ ...ample, name: "Creator", initCode: 49_200 }])).to.deep.equal([
      "Creator has -48 bytes left of the 49,152 that the code deploying it may have (EIP-3860): at least 500 must be left.",
    ]);
  });

  it("says of each contract what it has left", () => {
    expect(sizeTable([ample]).split("\n")[1]?.split(/ +/)).to.deep.equal(["Ample", "24,076", "500", "48,652", "500"]);
  });

  it("counts what can be deployed: no interface, no library, no part of a contract", () => {
    const names = readSizes(root).map(({ name }) => name);
    expect(names).to.include.members(["TradeEscrow", "RoundOpening", "DepositToken"]);
    for (const name of ["ITradeEscrow", "Amount", "Settlement"]) expect(names).not.to.include(name);
  });
});
