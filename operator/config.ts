import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { DujiangError } from "../sdk/types/errors.ts";
import type { DatabasePlace } from "./db/database.ts";
import { PRICE_RULES, type PriceRule } from "./exchange/clearing/priceRule.ts";

/** Thrown when the environment does not say what the service needs: a sentence for each mistake. */
export class ConfigError extends DujiangError {}

const count = (fallback: number, from: number, to: number) => {
  const sentence = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .refine((value) => value >= from && value <= to, sentence)
    .default(fallback);
};

const url = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be ${example}`);

const KEY = /^0x[0-9a-fA-F]{64}$/;
const key = () =>
  z
    .string()
    .regex(KEY, "must be a private key of 0x and 64 hexadecimal digits")
    .transform((text) => text as `0x${string}`)
    .optional();

const place = z.object({
  /** A server; without it PGlite in OPERATOR_FOLDER. */
  DATABASE_URL: url(
    ["postgres:", "postgresql:"],
    "a Postgres address such as postgresql://user@host/database",
  ).optional(),
  OPERATOR_FOLDER: z.string().optional(),
  /** The folder under deployments/. */
  DUJIANG_NETWORK: z
    .string()
    .regex(/^[\w-]+$/, "must be the name of a folder under deployments/")
    .default("local"),
});

const environment = place.extend({
  RPC_URL: url(["http:", "https:"], "the http address of a JSON-RPC node").default("http://127.0.0.1:8545"),
  /** Private keys that hold the market operator's role, each of which has five transactions in flight. */
  OPERATOR_KEYS: z
    .string("is missing: set it to the private key that holds the market operator's role, or to several with commas")
    .transform((text) => text.split(",").map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => KEY.test(key)),
      "must be private keys of 0x and 64 hexadecimal digits, with commas",
    )
    .refine((keys) => new Set(keys).size === keys.length, "names a key twice")
    .transform((keys) => keys as `0x${string}`[]),
  /** Any account that the network lets in; without it nothing is kept, and others must settle. */
  OPERATOR_KEEPER_KEY: key(),
  /** The private key that holds the meter operator's role; without it no readings are taken. */
  OPERATOR_METER_KEY: key(),
  /** Where the metering system drops files. */
  OPERATOR_METER_FOLDER: z.string().optional(),
  OPERATOR_HOST: z
    .string()
    .refine((text) => isIP(text) !== 0, "must be the IP address to listen at, such as 127.0.0.1")
    .default("127.0.0.1"),
  OPERATOR_PORT: count(8_600, 1, 65_535),
  /** Proxies before the door, whose x-forwarded-for says who asks. */
  OPERATOR_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(",").map((address) => address.trim()))
    .refine(
      (addresses) => addresses.every((address) => isIP(address) !== 0 && !address.includes("%")),
      "must be the IP addresses of the proxies before the service, with commas, such as 127.0.0.1,10.0.0.7",
    )
    .default([]),
  /** How long before the chain closes the gate of a day its book is closed and cleared: what it opens needs that time. */
  OPERATOR_CLEARING_LEAD_SECONDS: count(1_800, 60, 86_400),
  /** How long before the gate the last order is taken: between its round and then, a book matches continuously. */
  OPERATOR_LAST_CALL_SECONDS: count(300, 0, 86_400),
  /** How long a round waits for the block that draws who trades with whom: chains that seal on demand have none. */
  OPERATOR_SEED_WAIT_SECONDS: count(30, 0, 600),
  /** Which price of the clearing interval everybody trades at. */
  OPERATOR_PRICE_RULE: z.enum(PRICE_RULES, `must be ${PRICE_RULES.join(", ")}`).default("middle"),
  /** What the network gives to one transaction: Osaka's limit. */
  OPERATOR_TRANSACTION_GAS: count(16_777_216, 1_000_000, 400_000_000),
  /** Messages that one trader, and refused messages that one address, may send in a minute. */
  OPERATOR_RATE_PER_TRADER: count(600, 1, 100_000_000),
  OPERATOR_RATE_REFUSED: count(600, 1, 100_000_000),
  /** How long an answer of the chain is good for. */
  OPERATOR_CHAIN_TTL_MS: count(2_000, 0, 600_000),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"], "must be fatal, error, warn, info, debug or silent")
    .default("info"),
});

export interface Config {
  database: DatabasePlace;
  network: string;
  rpcUrl: string;
  keys: `0x${string}`[];
  keeperKey: `0x${string}` | undefined;
  meterKey: `0x${string}` | undefined;
  meterFolder: string | undefined;
  host: string;
  port: number;
  trustedProxies: string[];
  clearingLeadSeconds: number;
  lastCallSeconds: number;
  seedWaitSeconds: number;
  priceRule: PriceRule;
  transactionGas: number;
  ratePerTrader: number;
  rateRefused: number;
  chainTtlMs: number;
  logLevel: string;
}

const OWN_KEYS = ["OPERATOR_KEEPER_KEY", "OPERATOR_METER_KEY"] as const;

/** Reads the settings; an empty variable counts as none. */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const read = parse(environment, variables);
  for (const [index, name] of OWN_KEYS.entries()) {
    const own = read[name];
    const others = [...read.OPERATOR_KEYS, ...OWN_KEYS.slice(0, index).map((other) => read[other])];
    if (own === undefined || !others.includes(own)) continue;
    throw new ConfigError(
      `${name} is used for something else too: give it a key of its own, it counts its own nonces.`,
    );
  }
  if (read.OPERATOR_METER_FOLDER !== undefined && read.OPERATOR_METER_KEY === undefined) {
    throw new ConfigError(
      "OPERATOR_METER_KEY is missing: set it to the private key that reports what comes to OPERATOR_METER_FOLDER.",
    );
  }
  if (read.DUJIANG_NETWORK !== "local" && !variables.RPC_URL) {
    throw new ConfigError(`RPC_URL is missing: set it to the http address of a node of ${read.DUJIANG_NETWORK}.`);
  }
  return {
    database: readDatabasePlace(variables),
    network: read.DUJIANG_NETWORK,
    rpcUrl: read.RPC_URL,
    keys: read.OPERATOR_KEYS,
    keeperKey: read.OPERATOR_KEEPER_KEY,
    meterKey: read.OPERATOR_METER_KEY,
    meterFolder: read.OPERATOR_METER_FOLDER === undefined ? undefined : resolve(read.OPERATOR_METER_FOLDER),
    host: read.OPERATOR_HOST,
    port: read.OPERATOR_PORT,
    trustedProxies: read.OPERATOR_TRUSTED_PROXIES,
    clearingLeadSeconds: read.OPERATOR_CLEARING_LEAD_SECONDS,
    lastCallSeconds: Math.min(read.OPERATOR_LAST_CALL_SECONDS, read.OPERATOR_CLEARING_LEAD_SECONDS),
    seedWaitSeconds: read.OPERATOR_SEED_WAIT_SECONDS,
    priceRule: read.OPERATOR_PRICE_RULE,
    transactionGas: read.OPERATOR_TRANSACTION_GAS,
    ratePerTrader: read.OPERATOR_RATE_PER_TRADER,
    rateRefused: read.OPERATOR_RATE_REFUSED,
    chainTtlMs: read.OPERATOR_CHAIN_TTL_MS,
    logLevel: read.LOG_LEVEL,
  };
}

/** Where the tables lie, for commands that need nothing else. */
export function readDatabasePlace(variables: NodeJS.ProcessEnv): DatabasePlace {
  const { DATABASE_URL: url, OPERATOR_FOLDER, DUJIANG_NETWORK } = parse(place, variables);
  return url !== undefined ? { url } : { folder: resolve(OPERATOR_FOLDER ?? `.dujiang/operator/${DUJIANG_NETWORK}`) };
}

function parse<Schema extends z.ZodType>(schema: Schema, variables: NodeJS.ProcessEnv): z.output<Schema> {
  const result = schema.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== "")));
  if (result.success) return result.data;
  const sentences = result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}.`);
  throw new ConfigError([...new Set(sentences)].join("\n"));
}
