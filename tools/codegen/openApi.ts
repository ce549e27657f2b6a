import openapiTS, { astToString } from "openapi-typescript";
import { custom } from "viem";
import { ChainClock } from "../../operator/chain/clock.ts";
import { createLog } from "../../operator/common/log.ts";
import { Metrics } from "../../operator/common/metrics.ts";
import { createApp } from "../../operator/gateway/app.ts";
import { API_PATH } from "../../operator/gateway/describeApi.ts";
import { Limits } from "../../operator/gateway/limits.ts";
import { Sessions } from "../../operator/gateway/sessions.ts";
import type { TradeParts } from "../../operator/trade.ts";
import { loadTrades, TRADE_NAMES } from "../../operator/trades.ts";
import { CONTRACTS, platformOf } from "../../sdk/index.ts";

const DOCUMENT = "operator/openapi.json";
const TYPES = "sdk/operator/api.ts";

/** What the operator answers with all of its trades, as it publishes it, and its types for the sdk. */
export async function openApiFiles(): Promise<[path: string, text: string][]> {
  const text = `${JSON.stringify(await apiDocument(), null, 2)}\n`;
  const types = astToString(await openapiTS(text, { alphabetize: true }));
  const header = `/** Generated from ${DOCUMENT} by \`npm run codegen\`. Do not edit. */\n\n`;
  return [
    [DOCUMENT, text],
    [TYPES, `${header}${types}`],
  ];
}

/** The trades are opened over a chain and a database that nobody asks anything. */
async function apiDocument(): Promise<unknown> {
  const nobody = async () => {
    throw new Error("Who describes the operator asks nobody.");
  };
  const contracts = Object.fromEntries(CONTRACTS.map((name) => [name, { address: `0x${"0".repeat(40)}` }]));
  const place = { network: "none", chainId: 1, startBlock: 0, contracts: contracts as never };
  const platform = platformOf(place, custom({ request: nobody }));
  const [log, metrics, db] = [createLog("silent"), new Metrics(), undefined as never];
  const parts: TradeParts = {
    ...{ db, platform, metrics, log, transactionGas: 1, chainTtlMs: 0, clock: new ChainClock(platform, 0) },
    loop: () => ({ hurry: () => {} }) as never,
  };
  const keys = ["OPERATOR_KEYS", "OPERATOR_KEEPER_KEY", "OPERATOR_METER_KEY"];
  const variables = Object.fromEntries(keys.map((name, index) => [name, `0x${String(index + 1).repeat(64)}`]));
  const routes = (await loadTrades()).map((trade) => trade.ready(variables).open(parts).routes);
  const limits = new Limits({ rateRefused: 1, rateReads: 1, rateKeyReads: 1, trustedProxies: [] });
  const state = {
    isStandBy: () => false,
    readiness: async () => ({ warnings: [] }),
    notices: () => [],
    alerts: async () => [],
  };
  const sessions = new Sessions(platform);
  const app = createApp({ db, metrics, log, limits, sessions, origins: [], trades: TRADE_NAMES, ...state }, routes);
  return (await app.request(API_PATH)).json();
}
