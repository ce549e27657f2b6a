import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { TadaDocumentNode } from "./graphql.ts";
import { blockOf, indexKey, readIndexed, type WithBlock } from "./useIndexed.ts";

interface TradesPage extends WithBlock {
  trades: {
    items: unknown[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    /** Only where it is asked for. */
    totalCount?: number;
  };
}

/** Trades page after page, and at which block the index had them. */
export interface Traded<Page extends TradesPage> {
  rows: Page["trades"]["items"];
  totalCount: Page["trades"]["totalCount"];
  block: number | undefined;
}

/**
 * Asks the index about trades until they are all there.
 * @param where undefined where it is not known yet
 * @param enough so many are read at most
 */
export function useAllTrades<Page extends TradesPage, Where>(
  question: TadaDocumentNode<Page, { where?: Where; after?: string | null }>,
  where: Where | undefined,
  enough = Number.POSITIVE_INFINITY,
): UseQueryResult<Traded<Page>> {
  return useQuery({
    queryKey: indexKey(question as TadaDocumentNode<unknown, never>, { where }),
    queryFn: async () => {
      const rows: Page["trades"]["items"] = [];
      for (let after: string | null = null; ; ) {
        const page: Page = await readIndexed(question, { where: where!, after });
        const { items, pageInfo, totalCount } = page.trades;
        rows.push(...items);
        if (!pageInfo.hasNextPage || rows.length >= enough) return { rows, totalCount, block: blockOf(page) };
        after = pageInfo.endCursor;
      }
    },
    enabled: where !== undefined,
  });
}
