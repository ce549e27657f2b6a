import { CHAIN_TABLES } from "../chain/tables.ts";
import { GATEWAY_TABLES } from "../gateway/tables.ts";
import type { OpenTrade, Trade, TradeParts } from "../trade.ts";
import { statementRoutes } from "./route.ts";
import { StatementSource } from "./source.ts";

/** Draws up what a delivery day came to, out of the chain's logs alone: it has no key and no tables. */
export const trade: Trade = {
  tables: [CHAIN_TABLES, GATEWAY_TABLES],
  ready: () => ({ name: "statements", keys: {}, open: openStatements }),
};

export function openStatements(parts: TradeParts): OpenTrade {
  const source = new StatementSource(parts.platform, parts.chainTtlMs);
  return {
    routes: {
      name: "statements",
      description: {
        en: "Draws up what a delivery day came to for a participant, out of the chain's logs.",
        zh: "依据链上日志出具日清单。",
      },
      fieldWords: {
        form: () => ({ en: 'must be "json", "csv" or "page"', zh: '须为 "json"、"csv" 或 "page"' }),
        table: () => ({ en: 'must be "json" or "csv"', zh: '须为 "json" 或 "csv"' }),
        meters: () => ({
          en: "must be the numbers of up to 1,000 meters, with commas, such as 1,4",
          zh: "须为最多 1,000 个计量点编号，以逗号分隔，例如 1,4",
        }),
      },
      register: (app, gateway) => statementRoutes(app, gateway, source),
    },
  };
}
