import { type GraphQLSchema, printSchema } from "graphql";
import * as schema from "../../indexer/ponder.schema.ts";
import { servedSchema } from "../../indexer/src/api/graphql/schema.ts";

const HEADER = "# Generated from indexer/ponder.schema.ts by `npm run codegen`. Do not edit.\n\n";

/** The GraphQL schema that the indexer serves, as text. */
export function graphqlSchema(): string {
  const served: GraphQLSchema = servedSchema(schema, async () => "");
  return `${HEADER}${printSchema(served)}\n`;
}
