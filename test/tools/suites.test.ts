import { expect } from "chai";
import { sharesOf } from "../../tools/build/contractParts.ts";
import { budgetLines, type Kind } from "../../tools/test/budget.ts";
import { suitesOf } from "../../tools/test/suites.ts";

const kindOf = (file: string): Kind =>
  file.endsWith(".sol") ? "Solidity" : file.startsWith("page") ? "browser" : "TypeScript";

describe("the suites of npm test", () => {
  const measured = { "walk.t.sol": 200, "sum.t.sol": 3, "long.test.ts": 170, "mid.test.ts": 110, "page.test.ts": 20 };
  const small = Array.from({ length: 12 }, (_, i) => `small${i}.test.ts`);
  const suites = suitesOf(
    [...Object.keys(measured), ...small],
    kindOf,
    Object.fromEntries([...Object.entries(measured), ...small.map((file) => [file, 10])]),
  );

  it("have every file once, and one kind each", () => {
    const files = suites.flatMap((suite) => suite.files);
    expect(files.sort()).to.deep.equal([...Object.keys(measured), ...small].sort());
    for (const { kind, files } of suites) expect(new Set(files.map(kindOf))).to.deep.equal(new Set([kind]));
  });

  it("begin with those that take longest, and leave small ones together", () => {
    const seconds = suites.map((suite) => suite.seconds);
    expect(seconds).to.deep.equal([...seconds].sort((a, b) => b - a));
    expect(suites[0]?.files).to.deep.equal(["walk.t.sol"]);
    expect(suites.filter(({ kind }) => kind === "TypeScript").map(({ seconds: s }) => s)).to.deep.equal([
      170, 110, 60, 60,
    ]);
  });

  it("take in a file that nobody has measured", () => {
    expect(suitesOf(["new.test.ts"], kindOf, {})).to.deep.equal([
      { name: "TypeScript", kind: "TypeScript", files: ["new.test.ts"], seconds: 8 },
    ]);
  });

  it("end with the minutes of each kind that ran, beside its budget", () => {
    expect(budgetLines(new Map([["Solidity", 90]]))).to.deep.equal(["   1.5 of  6 minutes  Solidity"]);
    expect(budgetLines(new Map([["browser", 900]]))).to.deep.equal(["  15.0 of 12 minutes  browser: over budget"]);
  });
});

describe("a build in several processes", () => {
  const sources = Object.fromEntries(
    Object.entries({
      "project/Escrow.sol": `import {Desk} from "./Desk.sol";\ncontract Escrow { ${"uint256 a; ".repeat(30)} }`,
      "project/Desk.sol": `contract Desk { ${"uint256 a; ".repeat(20)} }`,
      "project/Token.sol": `import {Sum} from "./Sum.sol";\ncontract Token { ${"uint256 a; ".repeat(25)} }`,
      "project/Meter.sol": `contract Meter { ${"uint256 a; ".repeat(15)} }`,
      "project/Sum.sol": "library Sum {}",
      "project/IToken.sol": "interface IToken {}",
    }).map(([name, content]) => [name, { content }]),
  );

  it("compiles every source once", () => {
    expect(sharesOf({ sources }, 2).flat().sort()).to.deep.equal(Object.keys(sources).sort());
  });

  it("keeps a contract with the one that creates it, and shares out the rest evenly", () => {
    const [first, second] = sharesOf({ sources }, 2);
    expect(first).to.include.members(["project/Escrow.sol", "project/Desk.sol"]);
    expect(second).to.include.members(["project/Token.sol", "project/Meter.sol"]);
  });

  it("takes no second process for one contract", () => {
    const [name, source] = Object.entries(sources)[3]!;
    expect(sharesOf({ sources: { [name]: source } }, 2)).to.deep.equal([[name]]);
  });
});
