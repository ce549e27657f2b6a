import { expect } from "chai";
import { root } from "../../scripts/root.ts";
import { choose, readProject } from "../../tools/test/reach.ts";

const PROJECT = new Map(
  Object.entries({
    "contracts/Escrow.sol": 'import {Curve} from "./Curve.sol";\ncontract Escrow {}',
    "contracts/Curve.sol": "library Curve {}",
    "test/utils/Deploy.sol": "library Deploy {}",
    "test/utils/chain.ts": 'import hre from "hardhat";',
    "test/Curve.t.sol": 'import {\n    Curve\n} from "../contracts/Curve.sol";',
    "test/Escrow.t.sol": 'import {Deploy} from "./utils/Deploy.sol";',
    "test/Pure.t.sol": "contract PureTest {}",
    "sdk/price.ts": "export const price = 1;",
    "sdk/open.ts": 'export { price } from "./price.ts";',
    "test/open.test.ts": 'import { open } from "../sdk/open.ts";',
    "test/deploy.test.ts": 'import "./utils/chain.ts";\nread(join(root, "deployments", "parameters", name));',
    "test/typical.test.ts": `const path = (name: string) => new URL(\`../data/\${name}\`, import.meta.url);`,
    "test/started.test.ts": `run(["--import", "tsx", \`\${root}/operator/main.ts\`]);`,
    "test/style.test.ts": 'import { globSync } from "node:fs";',
    "operator/main.ts": 'const { serve } = await import("./serve.ts");',
    "operator/serve.ts": "export function serve() {}",
    "deployments/parameters/local.json": "{}",
    "data/typical.csv": "1",
    "docs/page.md": "Words",
    "web/logo.svg": "<svg/>",
    "tools/lint.ts": "run();",
    "package.json": "{}",
  }),
);
const ALL = [...PROJECT.keys()].filter((file) => /\.t\.sol$|\.test\.ts$/.test(file)).sort();
/** Reads whatever there is, so it always runs. */
const STYLE = "test/style.test.ts";

const chosenFor = (...changed: string[]) => choose(changed, PROJECT).tests.filter((file) => file !== STYLE);

describe("npm test -- --changed", () => {
  it("follows imports over files, in TypeScript and in Solidity", () => {
    expect(chosenFor("sdk/price.ts")).to.deep.equal(["test/open.test.ts"]);
    expect(chosenFor("operator/serve.ts")).to.deep.equal(["test/started.test.ts"]);
    expect(chosenFor("test/open.test.ts")).to.deep.equal(["test/open.test.ts"]);
  });

  it("lets a contract reach the tests that deploy it", () => {
    expect(chosenFor("contracts/Curve.sol")).to.deep.equal([
      "test/Curve.t.sol",
      "test/Escrow.t.sol",
      "test/deploy.test.ts",
    ]);
    expect(chosenFor("contracts/Escrow.sol")).to.deep.equal(["test/Escrow.t.sol", "test/deploy.test.ts"]);
  });

  it("takes data to the tests that name it, or its folder", () => {
    expect(chosenFor("deployments/parameters/local.json")).to.deep.equal(["test/deploy.test.ts"]);
    expect(chosenFor("data/typical.csv")).to.deep.equal(["test/typical.test.ts"]);
  });

  it("runs for a page or a tool only the tests that read the repository as it is", () => {
    expect(choose(["docs/page.md"], PROJECT).tests).to.deep.equal([STYLE]);
    expect(choose(["tools/lint.ts"], PROJECT).tests).to.deep.equal([STYLE]);
    expect(choose([], PROJECT).tests).to.deep.equal([]);
  });

  it("runs everything for what every test rests on, and for what nobody is known to read", () => {
    expect(choose(["package.json"], PROJECT).tests).to.deep.equal(ALL);
    expect(choose(["web/logo.svg"], PROJECT).tests).to.deep.equal(ALL);
    expect(choose(["data/gone.csv"], PROJECT).tests).to.deep.equal(ALL);
  });

  it("says why", () => {
    const { because } = choose(["contracts/Curve.sol", "sdk/price.ts", "docs/page.md", "package.json"], PROJECT);
    expect([...because]).to.deep.equal([
      ["contracts/Curve.sol", "3 test files reach it"],
      ["sdk/price.ts", "1 test file reaches it"],
      ["docs/page.md", "no test reaches it"],
      ["package.json", "all tests rest on it"],
    ]);
  });

  it("follows a change that is gone to the files that still import it", () => {
    const without = new Map(PROJECT);
    without.delete("sdk/price.ts");
    expect(choose(["sdk/price.ts"], without).tests).to.include("test/open.test.ts");
  });

  it("knows this project: what a change to it cannot break is left out", () => {
    const project = readProject(root);
    const tests = (file: string) => {
      expect(project.has(file), file).to.equal(true);
      return choose([file], project).tests;
    };
    const byContract = tests("contracts/market/TradeEscrow.sol");
    expect(byContract).to.include.members(["test/market/Settle.t.sol", "test/operator/keeper/keeper.test.ts"]);
    expect(byContract).not.to.include("test/types/Curve.t.sol");
    const byHandler = tests("indexer/src/market/settlements.ts");
    expect(byHandler).to.include("test/indexer/story.test.ts");
    expect(byHandler).not.to.include("test/market/Settle.t.sol");
    const byParameters = tests("deployments/parameters/local.json");
    expect(byParameters).to.include("test/scripts/deploy/deploy.test.ts");
    expect(byParameters).not.to.include("test/types/Curve.t.sol");
  });
});
