import { createRequire } from "node:module";
import type { GraphQLSchema } from "graphql/index.js";

/** The functions by which Ponder makes GraphQL of tables; it does not export them, and its own server takes no such limits as ours. */
interface Ponder {
  buildGraphQLSchema(input: { schema: object }): GraphQLSchema;
  buildDataLoaderCache(qb: object): (of: { table: object }) => { load(id: string): Promise<unknown> };
}

// Ponder compiles what an indexer imports, libraries with /esm/ in their path as well, and with copies of `graphql` of their own:
// seconds at every start. These are left to Node. For the same reason files here import "graphql/index.js", which Node has
// as "graphql".
export const { buildGraphQLSchema, buildDataLoaderCache } = await native<Ponder>("ponder/dist/esm/graphql/index.js");
export const { createYoga } = await native<typeof import("graphql-yoga")>("graphql-yoga/esm/index.js");

/** GraphiQL in one page, nine megabytes: read when it is first asked for. */
export function renderGraphiQL(options: object): string {
  const load = createRequire(import.meta.url);
  return (load("@graphql-yoga/render-graphiql") as typeof import("@graphql-yoga/render-graphiql")).renderGraphiQL(
    options,
  );
}

function native<Module>(path: string): Promise<Module> {
  const { href } = new URL(`../../../../node_modules/${path}`, import.meta.url);
  return import(
    `data:text/javascript,${encodeURIComponent(`export * from ${JSON.stringify(href)}`)}`
  ) as Promise<Module>;
}
