import { useQuery } from "@tanstack/react-query";
import { indexKey, type ResultOf, readIndexed, type TadaDocumentNode, type VariablesOf } from "../indexed/index.ts";
import { type ListedTrade, TRADES } from "./tradeQueries.ts";

type TradesPage = ResultOf<typeof TRADES>;
export type TradeFilter = NonNullable<VariablesOf<typeof TRADES>["where"]>;

/** So many rows of a list are read at most: what is more is found by date. */
const MOST_ROWS = 20_000;

export interface ListedTrades {
  rows: ListedTrade[];
  totalCount: number;
  block: number | undefined;
}

/** Trades by what the index can filter, latest first, page after page until they are all there. */
export function useTrades(where: TradeFilter | undefined) {
  return useQuery({
    queryKey: indexKey(TRADES as TadaDocumentNode<unknown, never>, { where }),
    queryFn: () => readAll(where!),
    enabled: where !== undefined,
  });
}

async function readAll(where: TradeFilter): Promise<ListedTrades> {
  const rows: ListedTrade[] = [];
  for (let after: string | null = null; ; ) {
    const page: TradesPage = await readIndexed(TRADES, { where, after });
    const { pageInfo, totalCount, items } = page.trades;
    rows.push(...items);
    if (!pageInfo.hasNextPage || rows.length >= MOST_ROWS)
      return { rows, totalCount, block: page._meta?.status.market?.block.number };
    after = pageInfo.endCursor;
  }
}
