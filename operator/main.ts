/**
 * `npm run operator`: the market operator's service. Settings come from the environment, see operator/README.md.
 *
 * `npm run operator -- key add NAME` makes an API key and shows it once; `key revoke NAME` ends it.
 */
import { Command } from "commander";
import { privateKeyToAccount } from "viem/accounts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { connect, DujiangError } from "../sdk/index.ts";
import { ConfigError, readConfig, readDatabasePlace } from "./config.ts";
import { openDatabase } from "./db/database.ts";
import { addApiKey, revokeApiKey } from "./keys/apiKeys.ts";
import { createLog } from "./log.ts";
import { Service } from "./service.ts";

const program = new Command("npm run operator --").description(
  "Takes signed orders, clears them, opens what was cleared on the chain. 接收报单、出清并提交上链。",
);
program.action(run);
const key = program.command("key").description("API keys of the operator's own people API 密钥");
key.command("add <name>").description("makes a key and shows it once 新建").action(addKey);
key.command("revoke <name>").description("ends a key 停用").action(revokeKey);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof DujiangError ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const platform = await connect(readDeployment(config.network), config.rpcUrl);
  const { db, close } = await openDatabase(config.database);
  const accounts = config.keys.map((key) => privateKeyToAccount(key));
  const ofKey = (key: `0x${string}` | undefined) => (key === undefined ? undefined : privateKeyToAccount(key));
  const [keeper, meterOperator] = [ofKey(config.keeperKey), ofKey(config.meterKey)];
  const service = new Service({ platform, db, settings: config, accounts, keeper, meterOperator, log });
  try {
    await service.start();
  } catch (error) {
    await close();
    throw error;
  }
  log.info({ address: service.url, network: config.network }, "ready");
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
    if (added === undefined) throw new ConfigError(`There is a key named ${name} already: choose another name.`);
    console.log(added);
  });
}

async function revokeKey(name: string): Promise<void> {
  await overDatabase(async (db) => {
    if (!(await revokeApiKey(db, name))) throw new ConfigError(`There is no key named ${name} that could be revoked.`);
  });
}

async function overDatabase(
  work: (db: Awaited<ReturnType<typeof openDatabase>>["db"]) => Promise<void>,
): Promise<void> {
  const { db, close } = await openDatabase(readDatabasePlace(process.env));
  try {
    await work(db);
  } finally {
    await close();
  }
}
