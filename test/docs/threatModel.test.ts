import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

describe("docs/threat-model.md", () => {
  const page = readFileSync(join(root, "docs/threat-model.md"), "utf8");
  const files = globSync("test/**/*.{sol,ts}", { cwd: root });
  const tests = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");

  it("names tests that exist", () => {
    const functions = [...page.matchAll(/`(test(?:Fuzz)?_\w+)`/g)].map(([, name = ""]) => name);
    expect(functions).to.have.length.greaterThan(30);
    expect(functions.filter((name) => !tests.includes(`function ${name}(`))).to.deep.equal([]);
    expect(tests).to.include("notices a node that hides or changes logs");
  });

  it("names files that exist", () => {
    const named = [...page.matchAll(/`(\w+\.t\.sol)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !files.some((file) => file.endsWith(name)))).to.deep.equal([]);
  });
});
