import type { Hex } from "viem";
import { readIndexed } from "../indexed/index.ts";
import { SOLD_OF_DAY, type Trade } from "./tradeQueries.ts";
import { useComparison } from "./useComparison.ts";

/** Compares what the index says of a trade with the chain, after it was shown. */
export function useTradeCheck(trade: Trade, indexBlock: number | undefined) {
  return useComparison(
    ["trade", trade.id, trade],
    async (platform) => {
      const { checkTrade } = await import("./lightCheck.ts");
      const leaves = (trade.outcomes?.leaves ?? []) as Hex[];
      const ofDay =
        trade.settlement === null
          ? (await readIndexed(SOLD_OF_DAY, { meter: trade.sellerMeterId, day: trade.day })).trades.items
          : [];
      return checkTrade(platform, { row: trade, leaves, ofDay });
    },
    { indexBlock },
  );
}
