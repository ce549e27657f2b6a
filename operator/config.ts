import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { says } from "../sdk/types/issue.ts";
import { joined, type Sentence } from "../sdk/types/sentence.ts";
import { ConfigError, count, parseSettings, url } from "./common/settings.ts";
import type { DatabasePlace } from "./db/database.ts";
import type { ReadyTrade, Trade } from "./trade.ts";

const place = z.object({
  /** A server; without it PGlite in OPERATOR_FOLDER. */
  DATABASE_URL: url(["postgres:", "postgresql:"], {
    en: "a Postgres address such as postgresql://user@host/database",
    zh: " Postgres 地址，例如 postgresql://user@host/database",
  }).optional(),
  OPERATOR_FOLDER: z.string().optional(),
  /** The folder under deployments/. */
  DUJIANG_NETWORK: z
    .string()
    .regex(
      /^[\w-]+$/,
      says({ en: "must be the name of a folder under deployments/", zh: "须为 deployments/ 下的目录名" }),
    )
    .default("local"),
});

/** As a browser names it: no path, no usual port. */
const isOrigin = (text: string) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** What any process reads, whichever trades it runs. */
const environment = place.extend({
  RPC_URL: url(["http:", "https:"], {
    en: "the http address of a JSON-RPC node",
    zh: " JSON-RPC 节点的 http 地址",
  }).default("http://127.0.0.1:8545"),
  OPERATOR_HOST: z
    .string()
    .refine(
      (text) => isIP(text) !== 0,
      says({ en: "must be the IP address to listen at, such as 127.0.0.1", zh: "须为监听的 IP 地址，例如 127.0.0.1" }),
    )
    .default("127.0.0.1"),
  OPERATOR_PORT: count(8_600, 1, 65_535),
  /** Proxies before the door, whose x-forwarded-for says who asks. */
  OPERATOR_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(",").map((address) => address.trim()))
    .refine(
      (addresses) => addresses.every((address) => isIP(address) !== 0 && !address.includes("%")),
      says({
        en: "must be the IP addresses of the proxies before the service, with commas, such as 127.0.0.1,10.0.0.7",
        zh: "须为服务前端代理的 IP 地址，以逗号分隔，例如 127.0.0.1,10.0.0.7",
      }),
    )
    .default([]),
  /** Pages that may ask from elsewhere than the service's own origin. */
  OPERATOR_ORIGINS: z
    .string()
    .transform((text) => text.split(",").map((origin) => origin.trim()))
    .refine(
      (origins) => origins.every(isOrigin),
      says({
        en: "must be the origins of pages that may ask, with commas, such as https://trading.example.org",
        zh: "须为允许访问的网页来源，以逗号分隔，例如 https://trading.example.org",
      }),
    )
    .default([]),
  /** What the network gives to one transaction: Osaka's limit. */
  OPERATOR_TRANSACTION_GAS: count(16_777_216, 1_000_000, 400_000_000),
  /** Refused messages that one address may send in a minute. */
  OPERATOR_RATE_REFUSED: count(600, 1, 100_000_000),
  /** Questions of one address, and with one API key, in a minute. */
  OPERATOR_RATE_READS: count(1_200, 1, 100_000_000),
  OPERATOR_RATE_KEY_READS: count(12_000, 1, 100_000_000),
  /** How long an answer of the chain is good for. */
  OPERATOR_CHAIN_TTL_MS: count(2_000, 0, 600_000),
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "silent"],
      says({
        en: "must be fatal, error, warn, info, debug or silent",
        zh: "须为 fatal、error、warn、info、debug 或 silent",
      }),
    )
    .default("info"),
});

/** The settings of any process. */
export interface ProcessSettings {
  host: string;
  port: number;
  trustedProxies: string[];
  origins: string[];
  transactionGas: number;
  rateRefused: number;
  rateReads: number;
  rateKeyReads: number;
  chainTtlMs: number;
}

export interface Config extends ProcessSettings {
  database: DatabasePlace;
  network: string;
  rpcUrl: string;
  logLevel: string;
  /** The trades, each with its own settings. */
  trades: ReadyTrade[];
}

/** Reads the settings of a process that runs some trades, and those of no other trade; an empty variable counts as none. */
export function readConfig(variables: NodeJS.ProcessEnv, trades: readonly Trade[]): Config {
  const mistakes: Sentence[] = [];
  const read = <Result>(section: () => Result): Result | undefined => {
    try {
      return section();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      mistakes.push(error.sentences);
      return undefined;
    }
  };
  const ready = trades.flatMap((trade) => read(() => trade.ready(variables)) ?? []);
  const own = read(() => parseSettings(environment, variables));
  if (own === undefined || mistakes.length > 0) throw new ConfigError(joined(mistakes));
  requireOwnKeys(ready);
  if (own.DUJIANG_NETWORK !== "local" && !variables.RPC_URL) {
    throw new ConfigError({
      en: `RPC_URL is missing: set it to the http address of a node of ${own.DUJIANG_NETWORK}.`,
      zh: `未设置 RPC_URL：请填写 ${own.DUJIANG_NETWORK} 节点的 http 地址。`,
    });
  }
  return {
    database: readDatabasePlace(variables),
    network: own.DUJIANG_NETWORK,
    rpcUrl: own.RPC_URL,
    host: own.OPERATOR_HOST,
    port: own.OPERATOR_PORT,
    trustedProxies: own.OPERATOR_TRUSTED_PROXIES,
    origins: own.OPERATOR_ORIGINS,
    transactionGas: own.OPERATOR_TRANSACTION_GAS,
    rateRefused: own.OPERATOR_RATE_REFUSED,
    rateReads: own.OPERATOR_RATE_READS,
    rateKeyReads: own.OPERATOR_RATE_KEY_READS,
    chainTtlMs: own.OPERATOR_CHAIN_TTL_MS,
    logLevel: own.LOG_LEVEL,
    trades: ready,
  };
}

/** Two that sent with one key would take each other's nonces. */
function requireOwnKeys(trades: readonly ReadyTrade[]): void {
  const taken = new Set<string>();
  for (const [variable, keys] of trades.flatMap((trade) => Object.entries(trade.keys))) {
    if (keys.some((key) => taken.has(key.toLowerCase()))) {
      throw new ConfigError({
        en: `${variable} is used for something else too: give it a key of its own, it counts its own nonces.`,
        zh: `${variable} 的密钥另有他用：请使用专用密钥，其序号须独立计数。`,
      });
    }
    for (const key of keys) taken.add(key.toLowerCase());
  }
}

/** Where the tables lie, for commands that need nothing else. */
export function readDatabasePlace(variables: NodeJS.ProcessEnv): DatabasePlace {
  const { DATABASE_URL: url, OPERATOR_FOLDER, DUJIANG_NETWORK } = parseSettings(place, variables);
  return url !== undefined ? { url } : { folder: resolve(OPERATOR_FOLDER ?? `.dujiang/operator/${DUJIANG_NETWORK}`) };
}
