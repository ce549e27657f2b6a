import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";
import { abiFiles } from "../../tools/codegen/abis.ts";
import { enumFiles } from "../../tools/codegen/enums.ts";
import { indexTypesFile } from "../../tools/codegen/indexTypes.ts";
import { openApiFiles } from "../../tools/codegen/openApi.ts";
import { questionFiles } from "../../tools/codegen/questions.ts";
import { solidityFiles } from "../../tools/codegen/solidity.ts";

const committed = (path: string) => readFileSync(join(root, path), "utf8");

describe("what is generated from the compiled contracts", () => {
  it("is committed as the sdk's ABIs; run `npm run codegen` when it is not", () => {
    for (const [path, text] of abiFiles()) expect(committed(path), path).to.equal(text);
  });

  it("is committed as the set-up of Solidity tests; run `npm run codegen` when it is not", async () => {
    for (const [path, text] of await solidityFiles()) expect(committed(path), path).to.equal(text);
  });
});

describe("What the operator answers over HTTP", () => {
  it("is committed as OpenAPI and as types of the sdk; run `npm run codegen` when it is not", async () => {
    for (const [path, text] of await openApiFiles()) expect(committed(path), path).to.equal(text);
  }).timeout(60_000);
});

describe("What the sdk asks the index", () => {
  it("is committed with the types of the schema; run `npm run codegen` when it is not", async () => {
    for (const [path, text] of await questionFiles(committed("indexer/schema.graphql"))) {
      expect(committed(path), path).to.equal(text);
    }
  });
});

describe("What the page asks the index", () => {
  it("is checked by a type of the schema; run `npm run codegen` when it is not", () => {
    const [path, text] = indexTypesFile(committed("indexer/schema.graphql"));
    expect(committed(path), path).to.equal(text);
  });
});

describe("Words, bits and roles in the sdk", () => {
  it("are those of the contracts; run `npm run codegen` when they are not", () => {
    const files = enumFiles();
    expect([...files.keys()]).to.include.members([
      ...["sdk/types/enums.ts", "sdk/identity/enums.ts", "sdk/market/enums.ts", "sdk/finance/enums.ts"],
      ...["sdk/credit/enums.ts", "sdk/access/roles.ts"],
    ]);
    for (const [path, text] of files) expect(committed(path), path).to.equal(text);
  }).timeout(60_000);
});
