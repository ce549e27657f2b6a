import type { GraphQLSchema } from "graphql";

interface Library {
  buildGraphQLSchema(input: { schema: object }): GraphQLSchema;
  buildDataLoaderCache(qb: object): (of: { table: object }) => { load(id: string): Promise<unknown> };
}

/** The functions by which Ponder makes GraphQL of tables; it does not export them, and its own server cannot be told what ours must. */
const file = new URL("../../../../node_modules/ponder/dist/esm/graphql/index.js", import.meta.url);

export const { buildGraphQLSchema, buildDataLoaderCache } = (await import(file.href)) as Library;
