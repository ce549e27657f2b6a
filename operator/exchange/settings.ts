import { z } from "zod";
import { PRICE_RULES, type PriceRule } from "../../sdk/clearing/priceRule.ts";
import { says } from "../../sdk/types/issue.ts";
import { count, keys, type PrivateKey, parseSettings } from "../common/settings.ts";

/** Who may be shown names. */
const NAMES_FOR = ["participants", "everybody"] as const;

const SETTINGS = z.object({
  /** Private keys that hold the market operator's role, each of which has five transactions in flight. */
  OPERATOR_KEYS: keys({
    en: "the private key that holds the market operator's role, or to several with commas",
    zh: "持有市场运营角色的私钥，可为以逗号分隔的多个",
  }),
  /** How long before the chain's cut-off of a day the last order for it is taken. */
  OPERATOR_LAST_ORDER_SECONDS: count(600, 0, 86_400),
  /** How long a round waits for the block that draws who trades with whom: chains that seal on demand have none. */
  OPERATOR_SEED_WAIT_SECONDS: count(30, 0, 600),
  /** Which price of the clearing interval everybody trades at. */
  OPERATOR_PRICE_RULE: z
    .enum(PRICE_RULES, says({ en: `must be ${PRICE_RULES.join(", ")}`, zh: `须为 ${PRICE_RULES.join("、")}` }))
    .default("middle"),
  /** Who is shown the names of participants: who signed in and is one, or everybody. */
  OPERATOR_NAMES: z
    .enum(NAMES_FOR, says({ en: `must be ${NAMES_FOR.join(" or ")}`, zh: `须为 ${NAMES_FOR.join(" 或 ")}` }))
    .default("participants"),
  /** Messages that one trader may send in a minute. */
  OPERATOR_RATE_PER_TRADER: count(600, 1, 100_000_000),
});

export interface ExchangeSettings {
  keys: PrivateKey[];
  lastOrderSeconds: number;
  seedWaitSeconds: number;
  priceRule: PriceRule;
  namesFor: (typeof NAMES_FOR)[number];
  ratePerTrader: number;
}

export function readExchangeSettings(variables: NodeJS.ProcessEnv): ExchangeSettings {
  const read = parseSettings(SETTINGS, variables);
  return {
    keys: read.OPERATOR_KEYS,
    lastOrderSeconds: read.OPERATOR_LAST_ORDER_SECONDS,
    seedWaitSeconds: read.OPERATOR_SEED_WAIT_SECONDS,
    priceRule: read.OPERATOR_PRICE_RULE,
    namesFor: read.OPERATOR_NAMES,
    ratePerTrader: read.OPERATOR_RATE_PER_TRADER,
  };
}
