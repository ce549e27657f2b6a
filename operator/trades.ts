import { ConfigError } from "./common/settings.ts";
import type { Tables } from "./db/migrate.ts";
import type { Trade } from "./trade.ts";

/** The trades under this roof. One that is not started is not even loaded. */
const TRADES = {
  exchange: () => import("./exchange/trade.ts"),
  keeper: () => import("./keeper/trade.ts"),
  metering: () => import("./metering/trade.ts"),
  statements: () => import("./statements/trade.ts"),
  documents: () => import("./documents/trade.ts"),
} as const satisfies Record<string, () => Promise<{ trade: Trade }>>;

export type TradeName = keyof typeof TRADES;
export const TRADE_NAMES = Object.keys(TRADES) as TradeName[];

/** Trades by their names, each once; with no name all of them. */
export async function loadTrades(names: readonly string[] = []): Promise<Trade[]> {
  const unknown = names.find((name) => !isTrade(name));
  if (unknown !== undefined) {
    throw new ConfigError({
      en: `There is no trade "${unknown}": name one or several of ${TRADE_NAMES.join(", ")}, or none to start all.`,
      zh: `没有服务“${unknown}”：请填写 ${TRADE_NAMES.join("、")} 中的一个或多个，不填则全部启动。`,
    });
  }
  const chosen = names.length === 0 ? TRADE_NAMES : TRADE_NAMES.filter((name) => names.includes(name));
  return Promise.all(chosen.map(async (name) => (await TRADES[name]()).trade));
}

/** The tables of some trades, each once, in an order in which they can be made. */
export const tablesOf = (trades: readonly Trade[]): Tables[] => [...new Set(trades.flatMap(({ tables }) => tables))];

const isTrade = (name: string): name is TradeName => (TRADE_NAMES as string[]).includes(name);
