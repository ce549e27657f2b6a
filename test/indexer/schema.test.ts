import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";
import { graphqlSchema } from "../../tools/codegen/graphqlSchema.ts";

describe("indexer/schema.graphql", () => {
  it("is what the indexer's tables make of it: `npm run codegen` otherwise", () => {
    expect(readFileSync(join(root, "indexer/schema.graphql"), "utf8")).to.equal(graphqlSchema());
  });
});
