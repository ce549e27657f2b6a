import { expect } from "chai";
import { functionsWithBranches } from "../utils/branches.ts";
import { isWritten, parse, readTestFiles, readTrees } from "../utils/trees.ts";

describe("trees of tests", () => {
  const trees = readTrees();
  const files = readTestFiles();

  it("are drawn as trees", () => {
    expect(trees.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it("stand beside every test file", () => {
    const problems = files
      .filter(({ tree }) => !isWritten(tree))
      .map(({ file, tree }) => `${file} has no tree: draw ${tree}.`);
    for (const { file } of trees) {
      if (!files.some(({ tree }) => tree === file)) problems.push(`${file} stands beside no test file.`);
    }
    expect(problems).to.deep.equal([]);
  });

  it("name every test, and none that does not exist", () => {
    const problems: string[] = [];
    for (const { file, tree, tests, behaviours } of files) {
      const named = trees.find((candidate) => candidate.file === tree)?.named ?? new Set();
      const here = [...tests, ...behaviours];
      for (const test of here) {
        if (!named.has(test)) problems.push(`${test} of ${file} is not in ${tree}: add the leaf that it shows.`);
      }
      for (const name of named) {
        if (!here.includes(name)) problems.push(`${tree} names ${name}, which is not in ${file}: write that test.`);
      }
    }
    expect(problems).to.deep.equal([]);
  });

  it("have a root for every function that can take more than one way", async () => {
    const roots = new Set(trees.flatMap((tree) => tree.roots));
    const problems = (await functionsWithBranches())
      .filter((name) => !roots.has(name))
      .map((name) => `${name} has branches and is the root of no tree.`);
    expect(problems).to.deep.equal([]);
  });

  it("are refused when badly drawn", () => {
    const faultsOf = (...lines: string[]) => parse("x.tree", lines.join("\n")).faults;
    const leaf = "it should pay [test_pay]";
    expect(faultsOf("Desk::pay", "├── when paid", `│   └── ${leaf}`, `└── ${leaf}`)).to.deep.equal([]);
    expect(faultsOf("Desk::pay", `├── ${leaf}`)).to.deep.equal([
      "x.tree:2 has the wrong corner: └ is for the last of its branch.",
    ]);
    expect(faultsOf("Desk::pay", "├── when paid", `    └── ${leaf}`, `└── ${leaf}`)).to.deep.equal([
      "x.tree:3 has a line too many or too few.",
    ]);
    expect(faultsOf("Desk::pay", "└── when paid")).to.deep.equal(["x.tree:2 is a branch without a leaf."]);
    expect(faultsOf("Desk::pay", "└── it should pay")).to.deep.equal([
      'x.tree:2 begins with neither "given", "when" nor "it should", or names no test.',
      "x.tree:2 is a branch without a leaf.",
    ]);
    expect(faultsOf("Desk::pay", `└── ${leaf}`, `    └── ${leaf}`)).to.deep.equal([
      "x.tree:2 is a leaf with something under it.",
    ]);
    expect(faultsOf("Desk::pay")).to.deep.equal(["x.tree:1 is a root without anything under it."]);
    expect(faultsOf("Desk pays")).to.deep.equal(["x.tree:1 is neither a root nor drawn as a branch of one."]);
  });
});
