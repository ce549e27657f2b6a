import { useAllTrades, type VariablesOf } from "../indexed/index.ts";
import { TRADES } from "./tradeQueries.ts";

export type TradeFilter = NonNullable<VariablesOf<typeof TRADES>["where"]>;

/** So many rows of a list are read at most: what is more is found by date. */
const MOST_ROWS = 20_000;

/** Trades by what the index can filter, latest first. */
export const useTrades = (where: TradeFilter | undefined) => useAllTrades(TRADES, where, MOST_ROWS);
