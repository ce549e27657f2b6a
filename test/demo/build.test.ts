import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { isBuilt, noteBuilt } from "../../demo/local/build.ts";

describe("what npm start compiles again", () => {
  let root: string;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "dujiang-built-"));
    write("contracts/money/Token.sol", "contract Token {}");
    write("hardhat.config.ts", "export default {};");
    write("artifacts/contracts/money/Token.sol/Token.json", "{}");
    write("artifacts/build-info/solc-1.json", "{}");
    noteBuilt(root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("is nothing while sources and artifacts are as they were", () => {
    expect(isBuilt(root)).to.equal(true);
  });

  it("is everything that was never noted", () => {
    rmSync(join(root, "cache"), { recursive: true });
    expect(isBuilt(root)).to.equal(false);
  });

  const changes: [what: string, change: () => void][] = [
    ["a source changed", () => write("contracts/money/Token.sol", "contract Token { uint256 x; }")],
    ["a source is new", () => write("contracts/money/Other.sol", "contract Other {}")],
    ["the settings changed", () => write("hardhat.config.ts", "export default { solidity: {} };")],
    ["an artifact is gone", () => rmSync(join(root, "artifacts/contracts/money/Token.sol/Token.json"))],
    ["something else was built since", () => write("artifacts/build-info/solc-2.json", "{}")],
  ];
  for (const [what, change] of changes) {
    it(`is asked of Hardhat once ${what}`, () => {
      change();
      expect(isBuilt(root)).to.equal(false);
    });
  }
});
