/**
 * `npm run operator`: the market operator's trades in one process, or those that are named, as in
 * `npm run operator -- keeper`. Settings come from the environment, see operator/README.md.
 *
 * `npm run operator -- key add NAME` makes an API key and shows it once; `key revoke NAME` ends it.
 */
import { Command } from "commander";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { connect, DujiangError, explain, isOfNode, languageOf } from "../sdk/index.ts";
import { createLog } from "./common/log.ts";
import { ConfigError } from "./common/settings.ts";
import { readConfig, readDatabasePlace } from "./config.ts";
import { type OpenDatabase, openDatabase } from "./db/openDatabase.ts";
import { addApiKey, revokeApiKey } from "./gateway/apiKeys.ts";
import { GATEWAY_TABLES } from "./gateway/tables.ts";
import { Service } from "./service.ts";
import { loadTrades, TRADE_NAMES, tablesOf } from "./trades.ts";

const program = new Command("npm run operator --")
  .description("Runs the market operator's trades. 运行市场运营方的各项服务。")
  .argument("[trades...]", `which ones: ${TRADE_NAMES.join(", ")}; without a name all 要运行的服务，默认全部`)
  .action(run);
const key = program.command("key").description("API keys of the operator's own people API 密钥");
key.command("add <name>").description("makes a key and shows it once 新建").action(addKey);
key.command("revoke <name>").description("ends a key 停用").action(revokeKey);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof DujiangError || isOfNode(error) ? explain(error, languageOf(process.env)) : error);
  process.exitCode = 1;
}

async function run(names: string[]): Promise<void> {
  const trades = await loadTrades(names);
  const config = readConfig(process.env, trades);
  const log = createLog(config.logLevel);
  const platform = await connect(readDeployment(config.network), config.rpcUrl);
  const { db, close, leadOf } = await openDatabase(config.database, tablesOf(trades));
  // Who signs is one; what only reads may run as often as it takes.
  const signing = config.trades.filter(({ keys }) => Object.keys(keys).length > 0).map(({ name }) => name);
  const service = new Service({ platform, db, settings: config, trades: config.trades, log, lead: leadOf(signing) });
  try {
    await service.start();
  } catch (error) {
    await close();
    throw error;
  }
  const running = config.trades.map(({ name }) => name);
  const reason = await service.whyNotReady();
  const place = { address: service.url, network: config.network, trades: running };
  if (reason === undefined) log.info(place, "ready");
  else log.warn({ ...place, reason }, "not ready");
  const signal = await new Promise<string>((done) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, done);
  });
  log.info({ signal }, "ending");
  await service.stop();
  await close();
  log.info({}, "ended");
}

async function addKey(name: string): Promise<void> {
  await overDatabase(async (db) => {
    const added = await addApiKey(db, name);
    if (added === undefined)
      throw new ConfigError({
        en: `There is a key named ${name} already: choose another name.`,
        zh: `已有名为 ${name} 的密钥：请另选名称。`,
      });
    console.log(added);
  });
}

async function revokeKey(name: string): Promise<void> {
  await overDatabase(async (db) => {
    if (!(await revokeApiKey(db, name)))
      throw new ConfigError({
        en: `There is no key named ${name} that could be revoked.`,
        zh: `没有可停用的名为 ${name} 的密钥。`,
      });
  });
}

async function overDatabase(work: (db: OpenDatabase["db"]) => Promise<void>): Promise<void> {
  const { db, close } = await openDatabase(readDatabasePlace(process.env), [GATEWAY_TABLES]);
  try {
    await work(db);
  } finally {
    await close();
  }
}
