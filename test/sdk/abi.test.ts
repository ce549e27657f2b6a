import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { abiFiles } from "../../scripts/codegen/abis.ts";
import { root } from "../../scripts/tool.ts";

describe("sdk/abi", () => {
  it("is what the compiled contracts say; run `npm run codegen` when it is not", () => {
    for (const [path, text] of abiFiles()) expect(readFileSync(join(root, path), "utf8"), path).to.equal(text);
  });
});
