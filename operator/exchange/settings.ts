import { z } from "zod";
import { count, keys, type PrivateKey, parseSettings } from "../common/settings.ts";
import { PRICE_RULES, type PriceRule } from "./clearing/priceRule.ts";

const SETTINGS = z.object({
  /** Private keys that hold the market operator's role, each of which has five transactions in flight. */
  OPERATOR_KEYS: keys("the private key that holds the market operator's role, or to several with commas"),
  /** How long before the chain closes the gate of a day its book is closed and cleared: what it opens needs that time. */
  OPERATOR_CLEARING_LEAD_SECONDS: count(1_800, 60, 86_400),
  /** How long before the gate the last order is taken: between its round and then, a book matches continuously. */
  OPERATOR_LAST_CALL_SECONDS: count(300, 0, 86_400),
  /** How long a round waits for the block that draws who trades with whom: chains that seal on demand have none. */
  OPERATOR_SEED_WAIT_SECONDS: count(30, 0, 600),
  /** Which price of the clearing interval everybody trades at. */
  OPERATOR_PRICE_RULE: z.enum(PRICE_RULES, `must be ${PRICE_RULES.join(", ")}`).default("middle"),
  /** Messages that one trader may send in a minute. */
  OPERATOR_RATE_PER_TRADER: count(600, 1, 100_000_000),
});

export interface ExchangeSettings {
  keys: PrivateKey[];
  clearingLeadSeconds: number;
  lastCallSeconds: number;
  seedWaitSeconds: number;
  priceRule: PriceRule;
  ratePerTrader: number;
}

export function readExchangeSettings(variables: NodeJS.ProcessEnv): ExchangeSettings {
  const read = parseSettings(SETTINGS, variables);
  return {
    keys: read.OPERATOR_KEYS,
    clearingLeadSeconds: read.OPERATOR_CLEARING_LEAD_SECONDS,
    lastCallSeconds: Math.min(read.OPERATOR_LAST_CALL_SECONDS, read.OPERATOR_CLEARING_LEAD_SECONDS),
    seedWaitSeconds: read.OPERATOR_SEED_WAIT_SECONDS,
    priceRule: read.OPERATOR_PRICE_RULE,
    ratePerTrader: read.OPERATOR_RATE_PER_TRADER,
  };
}
