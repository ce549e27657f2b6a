/** What the index knows, asked with typed queries. */
export { graphql, type ResultOf, type TadaDocumentNode, type VariablesOf } from "./graphql.ts";
export { indexKey, readIndexed, useIndexed } from "./useIndexed.ts";
