import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { GraphQLSchema } from "graphql";
import { printSchema } from "graphql";
import * as schema from "../../indexer/ponder.schema.ts";
import { root } from "../../scripts/root.ts";

const HEADER = "# Generated from indexer/ponder.schema.ts by `npm run codegen`. Do not edit.\n\n";

/** The GraphQL schema that the indexer serves, as text. */
export async function graphqlSchema(): Promise<string> {
  // Ponder builds it only inside a running server; the function it uses is not among the package's exports.
  const file = join(root, "node_modules/ponder/dist/esm/graphql/index.js");
  const { buildGraphQLSchema } = (await import(pathToFileURL(file).href)) as {
    buildGraphQLSchema(input: { schema: object }): GraphQLSchema;
  };
  return `${HEADER}${printSchema(buildGraphQLSchema({ schema }))}\n`;
}
