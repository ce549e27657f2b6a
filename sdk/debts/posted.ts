import { debtLedger } from "../chain/abi/index.ts";
import type { Platform } from "../chain/client.ts";
import { type BlockRange, eventsOf } from "../chain/logs.ts";
import { nameOf } from "../types/words.ts";
import { DEBT_CODES } from "./enums.ts";
import { tradeOfDebt } from "./source.ts";

/**
 * The debts that the settlement of a trade posted, as the log has them, in the order of their numbers; differences of later
 * corrections are not among them. A settlement posts them in one block: who knows it gives it as the range.
 */
export async function readDebtsOfTrade(platform: Platform, trade: bigint, range?: BlockRange) {
  const posted = await eventsOf(platform, debtLedger, ["DebtPosted"], {}, range);
  return posted
    .map(({ args }) => args)
    .filter(({ code, source }) => {
      const name = nameOf(DEBT_CODES, code);
      return name !== "Adjustment" && tradeOfDebt(name, source) === trade;
    });
}
