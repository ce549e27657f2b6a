import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { askIndex } from "../../sdk/graphql/ask.ts";
import type { TadaDocumentNode } from "./graphql.ts";

/** What the index is asked and answers, for places that are no component. */
export function readIndexed<Answer, Variables>(
  question: TadaDocumentNode<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  return askIndex<Answer>({ url: "/graphql" }, question as unknown as string, variables as Record<string, unknown>);
}

/** An answer that says how far the index is. */
export interface WithBlock {
  _meta?: { status: { market?: { block: { number: number } } | null } } | null;
}

/** The block at which the index answered; undefined until it did. */
export const blockOf = (answer: WithBlock | undefined): number | undefined =>
  answer?._meta?.status.market?.block.number;

/** The key under which an answer of the index is kept. */
export const indexKey = (question: TadaDocumentNode<unknown, never>, variables: unknown) =>
  ["index", question as unknown as string, variables] as const;

/**
 * Asks the index; the answer is asked for again when something happened on the chain that may have changed it.
 * @param enabled false where a variable is not known yet
 */
export function useIndexed<Answer, Variables>(
  question: TadaDocumentNode<Answer, Variables>,
  variables: Variables,
  { enabled = true }: { enabled?: boolean } = {},
): UseQueryResult<Answer> {
  return useQuery({
    queryKey: indexKey(question as TadaDocumentNode<unknown, never>, variables),
    queryFn: () => readIndexed(question, variables),
    enabled,
    placeholderData: keepPreviousData,
  });
}
