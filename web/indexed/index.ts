/** What the index knows, asked with typed queries. */
export { graphql, type ResultOf, type TadaDocumentNode, type VariablesOf } from "./graphql.ts";
export { blockOf, indexKey, readIndexed, useIndexed, type WithBlock } from "./useIndexed.ts";
export { useAllTrades } from "./useTrades.ts";
