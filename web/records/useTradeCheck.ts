import type { Hex } from "viem";
import { useChain } from "../chain/index.ts";
import { readIndexed } from "../indexed/index.ts";
import { SOLD_OF_DAY, type Trade } from "./tradeQueries.ts";

/** Compares what the index says of a trade with the chain, after it was shown. */
export function useTradeCheck(row: Trade | null | undefined) {
  return useChain(
    ["trade", row],
    async ({ platform }) => {
      const trade = row!;
      const { checkTrade } = await import("./lightCheck.ts");
      const leaves = (trade.outcomes?.leaves ?? []) as Hex[];
      const ofDay =
        trade.settlement === null
          ? (await readIndexed(SOLD_OF_DAY, { meter: trade.sellerMeterId, day: trade.day })).trades.items
          : [];
      return checkTrade(platform, { row: trade, leaves, ofDay });
    },
    { enabled: row !== null && row !== undefined },
  );
}
