import { readFileSync } from "node:fs";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Deployment } from "../../sdk/chain/deployment.ts";
import { fail, SAFETY } from "./answers.ts";
import { type PageFiles, serveFile } from "./files.ts";
import { forward, type Upstream } from "./forward.ts";
import { isOurs } from "./hosts.ts";
import { answerRpc } from "./rpc.ts";
import { TRADES, type Trade, type WebSettings } from "./settings.ts";

/** What the page's server serves: the page itself, and the services behind it under one address. */
export interface Served {
  settings: WebSettings;
  deployment: Deployment;
  files: PageFiles;
}

export type WebApp = Hono<{ Bindings: HttpBindings }>;

export function createWeb({ settings, deployment, files }: Served): WebApp {
  const { proxies } = settings;
  const operator: Upstream = { url: settings.operatorUrl, name: OPERATOR, speech: "page" };
  const index: Upstream = { url: settings.indexUrl, name: INDEX, speech: "graphql" };
  const keyFigures: Upstream = { ...index, speech: "page" };
  const node: Upstream = { url: settings.rpcUrl, name: NODE, speech: "rpc" };
  const practice = settings.practice === undefined ? undefined : readFileSync(settings.practice, "utf8");
  const authorities = settings.authorities === undefined ? undefined : readFileSync(settings.authorities, "utf8");

  const app: WebApp = new Hono();
  app.use(async (c, next) => {
    await next();
    // A page of the operator's has a policy of its own, which is no wider.
    for (const [name, value] of Object.entries(SAFETY)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });
  app.use((c, next) => (isOurs(c.req.header("host"), settings.names) ? next() : Promise.resolve(fail(c, NOT_OURS))));

  // Metering may run in a process of its own: its staff sign in there.
  const metering: Upstream = { ...operator, url: settings.tradeUrls.metering ?? settings.operatorUrl };
  for (const door of ["/challenges", "/sessions", "/alerts"])
    app.all(`/api/${TRADES.metering}${door}`, (c) => forward(c, metering, door, { proxies }));
  for (const trade of Object.keys(TRADES) as Trade[]) {
    const [url, path] = [settings.tradeUrls[trade], `/api/${TRADES[trade]}`];
    if (url === undefined) continue;
    for (const each of [path, `${path}/*`])
      app.all(each, (c) => forward(c, { ...operator, url }, pathAfter(c.req.url, "/api"), { proxies }));
  }
  app.all("/api/*", (c) => forward(c, operator, pathAfter(c.req.url, "/api"), { proxies }));
  app.all("/graphql", (c) => forward(c, index, pathAfter(c.req.url, ""), { proxies }));
  app.get("/kpi.json", (c) => forward(c, keyFigures, pathAfter(c.req.url, ""), { proxies }));
  app.get("/kpi.csv", (c) => forward(c, keyFigures, pathAfter(c.req.url, ""), { proxies }));
  app.post("/rpc", (c) => answerRpc(c, node, proxies));
  app.get("/deployment.json", (c) => c.json(deployment, 200, { "cache-control": "no-cache" }));
  const { network } = settings;
  const { chainId } = deployment;
  const config = { network, chainId, practice: practice !== undefined, authorities: authorities !== undefined };
  app.get("/config.json", (c) => c.json(config, 200, { "cache-control": "no-cache" }));
  if (practice !== undefined)
    app.get("/practice.json", (c) =>
      c.body(practice, 200, { "content-type": "application/json", "cache-control": "no-store" }),
    );
  if (authorities !== undefined)
    app.get("/authorities.pem", (c) =>
      c.body(authorities, 200, { "content-type": "application/x-pem-file", "cache-control": "no-cache" }),
    );
  app.get("/healthy", (c) => c.json({ network }, 200, { "cache-control": "no-store" }));

  app.get("*", (c, next) => {
    const answer = serveFile(c, files);
    return answer === undefined ? next() : Promise.resolve(answer);
  });
  app.notFound((c) => fail(c, NOT_FOUND));
  app.onError((_, c) => fail(c, UNFORESEEN));
  return app;
}

/** Path and query of an address without what it begins with, as they were written: decoded and encoded again they might differ. */
function pathAfter(url: string, prefix: string): string {
  const { pathname, search } = new URL(url);
  return pathname.slice(prefix.length) + search;
}

const OPERATOR = { en: "market operator's service", zh: "运营服务" };
const INDEX = { en: "index", zh: "索引" };
const NODE = { en: "chain's node", zh: "区块链节点" };

const NOT_OURS = {
  status: 421,
  code: "OtherHost",
  sentences: {
    en: "This server goes by another name: open the address its operator gave you, or name this one in DUJIANG_WEB_NAMES.",
    zh: "本服务器不以此名称提供服务：请使用运营方给出的地址，或在 DUJIANG_WEB_NAMES 中加入此名称。",
  },
} as const;

const NOT_FOUND = {
  status: 404,
  code: "NotFound",
  sentences: {
    en: "There is nothing at this address: begin at / of this server.",
    zh: "此地址没有内容：请从本服务器的 / 开始。",
  },
} as const;

const UNFORESEEN = {
  status: 500,
  code: "Unforeseen",
  sentences: {
    en: "The page's server could not finish this: try again, or report the time and the address to its operator.",
    zh: "页面服务器未能完成该请求：请重试，或将时间与地址告知其运营方。",
  },
} as const;
