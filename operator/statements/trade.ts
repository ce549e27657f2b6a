import { CHAIN_TABLES } from "../chain/tables.ts";
import { GATEWAY_TABLES } from "../gateway/tables.ts";
import type { OpenTrade, Trade, TradeParts } from "../trade.ts";
import { statementRoute } from "./route.ts";

/** Draws up what a delivery day came to, out of the chain's logs alone: it has no key and no tables. */
export const trade: Trade = {
  tables: [CHAIN_TABLES, GATEWAY_TABLES],
  ready: () => ({ name: "statements", keys: {}, open: openStatements }),
};

export function openStatements(parts: TradeParts): OpenTrade {
  return {
    routes: {
      name: "statements",
      description: {
        en: "Draws up what a delivery day came to for a participant, out of the chain's logs.",
        zh: "依据链上日志出具日清单。",
      },
      fieldWords: {
        form: () => ({ en: 'must be "json", "csv" or "page"', zh: '须为 "json"、"csv" 或 "page"' }),
      },
      register: (app) => statementRoute(app, parts),
    },
  };
}
