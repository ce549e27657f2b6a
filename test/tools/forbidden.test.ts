import { expect } from "chai";
import { forbiddenIn } from "../../tools/forbidden.ts";

describe("what no Solidity here may say", () => {
  it("is named with its place, in code and in assembly", () => {
    const source = "contract A {\n  uint256 a = block.prevrandao;\n  assembly { let b := prevrandao() }\n}";
    expect(forbiddenIn("A.sol", source)).to.deep.equal([
      "A.sol:2: block.prevrandao stops a Besu QBFT chain (besu issue 10610): draw by a block hash after a commitment.",
      "A.sol:3: prevrandao() stops a Besu QBFT chain (besu issue 10610): draw by a block hash after a commitment.",
    ]);
  });

  it("may stand in a comment, and within another word", () => {
    expect(forbiddenIn("A.sol", "// never block.prevrandao\nuint256 difficulty;\nmy.block.number;")).to.deep.equal([]);
  });
});
