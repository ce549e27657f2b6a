import { isIP } from "node:net";
import { z } from "zod";
import { ConfigError, count, parseSettings, url } from "../../operator/common/settings.ts";
import { says } from "../../sdk/types/issue.ts";

/** What the page's server reads from the environment. */
export interface WebSettings {
  host: string;
  port: number;
  /** Names by which readers reach it, beside localhost and IP addresses. */
  names: string[];
  /** Proxies before it, whose x-forwarded-for says who asks. */
  proxies: string[];
  network: string;
  rpcUrl: string;
  operatorUrl: string;
  /** Trades of the operator that run in processes of their own; the others are asked at its address. */
  tradeUrls: Readonly<Record<Trade, string | undefined>>;
  indexUrl: string;
  /** A file of wallets to practise with, whose keys everybody has. */
  practice: string | undefined;
  /** A PEM file of the authorities whose SM2 certificates are believed. */
  authorities: string | undefined;
}

/** What a trade of the operator answers under: the first part of a path. */
export const TRADES = {
  keeper: "tasks",
  metering: "readings",
  statements: "statements",
  documents: "documents",
} as const;
export type Trade = keyof typeof TRADES;

const list = (text: string) => text.split(",").map((part) => part.trim());
const http = (what: { en: string; zh: string }) => url(["http:", "https:"], what);
const operator = http({ en: "the http address of the market operator's service", zh: "运营服务的 http 地址" });
const IP = says({
  en: "must be the IP address to listen at, such as 127.0.0.1",
  zh: "须为监听的 IP 地址，例如 127.0.0.1",
});

const environment = z.object({
  DUJIANG_WEB_HOST: z
    .string()
    .refine((text) => isIP(text) !== 0, IP)
    .default("127.0.0.1"),
  DUJIANG_WEB_PORT: count(8_700, 1, 65_535),
  DUJIANG_WEB_NAMES: z
    .string()
    .transform(list)
    .refine(
      (names) => names.every((name) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)),
      says({
        en: "must be the host names of the page in small letters, with commas, such as trading.example.org",
        zh: "须为本页面的主机名，小写，以逗号分隔，例如 trading.example.org",
      }),
    )
    .default([]),
  DUJIANG_WEB_TRUSTED_PROXIES: z
    .string()
    .transform(list)
    .refine(
      (addresses) => addresses.every((address) => isIP(address) !== 0),
      says({
        en: "must be the IP addresses of the proxies before the page, with commas, such as 10.0.0.7",
        zh: "须为页面前端代理的 IP 地址，以逗号分隔，例如 10.0.0.7",
      }),
    )
    .default([]),
  DUJIANG_WEB_PRACTICE: z.string().optional(),
  DUJIANG_WEB_AUTHORITIES: z.string().optional(),
  DUJIANG_NETWORK: z
    .string()
    .regex(
      /^[\w-]+$/,
      says({ en: "must be the name of a folder under deployments/", zh: "须为 deployments/ 下的目录名" }),
    )
    .default("local"),
  RPC_URL: http({ en: "the http address of a JSON-RPC node", zh: " JSON-RPC 节点的 http 地址" }).default(
    "http://127.0.0.1:8545",
  ),
  OPERATOR_URL: operator.default("http://127.0.0.1:8600"),
  KEEPER_URL: operator.optional(),
  METERING_URL: operator.optional(),
  STATEMENTS_URL: operator.optional(),
  DOCUMENTS_URL: operator.optional(),
  INDEX_URL: http({ en: "the http address of the index", zh: "索引的 http 地址" }).default("http://127.0.0.1:42069"),
});

/** Whether a network is one of this machine alone, where keys that everybody has do no harm. */
export const isLocal = (network: string) => /^local(-|$)/.test(network);

/** @throws ConfigError with a sentence for each mistake */
export function readWebSettings(variables: NodeJS.ProcessEnv): WebSettings {
  const read = parseSettings(environment, variables);
  if (!isLocal(read.DUJIANG_NETWORK)) requireOwn(read.DUJIANG_NETWORK, variables);
  return {
    host: read.DUJIANG_WEB_HOST,
    port: read.DUJIANG_WEB_PORT,
    names: read.DUJIANG_WEB_NAMES,
    proxies: read.DUJIANG_WEB_TRUSTED_PROXIES,
    network: read.DUJIANG_NETWORK,
    rpcUrl: read.RPC_URL,
    operatorUrl: read.OPERATOR_URL,
    tradeUrls: {
      keeper: read.KEEPER_URL,
      metering: read.METERING_URL,
      statements: read.STATEMENTS_URL,
      documents: read.DOCUMENTS_URL,
    },
    indexUrl: read.INDEX_URL,
    practice: read.DUJIANG_WEB_PRACTICE,
    authorities: read.DUJIANG_WEB_AUTHORITIES,
  };
}

/** What has a usual place on this machine has none on a network that people share. */
function requireOwn(network: string, variables: NodeJS.ProcessEnv): void {
  const missing = ["RPC_URL", "OPERATOR_URL", "INDEX_URL"].filter((name) => !variables[name]);
  if (missing.length > 0)
    throw new ConfigError({
      en: `${missing.join(", ")} missing: name node, operator and index of ${network} by their http addresses.`,
      zh: `未设置 ${missing.join("、")}：请填写 ${network} 的节点、运营服务与索引的 http 地址。`,
    });
  if (variables.DUJIANG_WEB_PRACTICE)
    throw new ConfigError({
      en: `DUJIANG_WEB_PRACTICE is set, but ${network} is no network of this machine alone: practice wallets have keys that everybody has, so leave it out.`,
      zh: `已设置 DUJIANG_WEB_PRACTICE，但 ${network} 并非仅限本机的网络：练习钱包的私钥人人可得，请勿设置。`,
    });
}
