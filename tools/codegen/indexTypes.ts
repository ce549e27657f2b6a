import { minifyIntrospection, outputIntrospectionFile } from "gql.tada/internal";
import { buildSchema, introspectionFromSchema } from "graphql";

/** The index's schema as a type, by which the page's queries are checked; it does not subscribe. */
export function indexTypesFile(schema: string): [path: string, text: string] {
  const { __schema: all } = introspectionFromSchema(buildSchema(schema), { descriptions: false });
  const types = all.types.filter(({ name }) => name !== all.subscriptionType?.name);
  const asked = minifyIntrospection({ __schema: { ...all, types, subscriptionType: null } });
  const text = outputIntrospectionFile(asked, { fileType: ".d.ts", shouldPreprocess: true });
  // What follows would hold for every use of gql.tada, without our scalars.
  const own = text.slice(0, text.indexOf("\nimport * as gqlTada"));
  const header = "// Generated from indexer/schema.graphql by `npm run codegen`. Do not edit.\n";
  return ["web/indexed/schema.d.ts", header + own.replace(/^\/\*.*\*\/\n/gm, "")];
}
