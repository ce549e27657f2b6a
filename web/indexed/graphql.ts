import type { initGraphQLTada, ResultOf, TadaDocumentNode, VariablesOf } from "gql.tada";
import type { introspection } from "./schema.d.ts";

/** Integers above 32 bits are text, which `BigInt` reads exactly. */
type Tada = initGraphQLTada<{
  introspection: introspection;
  scalars: { BigInt: string; Date: string; JSON: unknown };
  disableMasking: true;
}>;

/**
 * The text of a query for the index, or of a fragment with those it uses; the compiler knows what it asks with and what it
 * answers. A query stays text: the index parses it, and the page need not.
 */
export const graphql = ((text: string, fragments: readonly string[] = []) =>
  [text, ...fragments].join("\n")) as unknown as Tada;

export type { ResultOf, TadaDocumentNode, VariablesOf };
