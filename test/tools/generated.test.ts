import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { abiFiles } from "../../tools/codegen/abis.ts";
import { root } from "../../tools/tool.ts";

describe("sdk/chain/abi", () => {
  it("is what the compiled contracts say; run `npm run codegen` when it is not", () => {
    for (const [path, text] of abiFiles()) expect(readFileSync(join(root, path), "utf8"), path).to.equal(text);
  });
});
