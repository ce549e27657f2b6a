import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { getBlock } from "viem/actions";
import { explain, type Language, type Platform } from "../sdk/index.ts";
import { Cached } from "./chain/cached.ts";
import { ChainClock } from "./chain/clock.ts";
import { type Lacking, readLacking } from "./chain/keyRoles.ts";
import { requireOwnChain } from "./chain/ownChain.ts";
import type { Log } from "./common/log.ts";
import { Loop } from "./common/loop.ts";
import { Metrics } from "./common/metrics.ts";
import { ConfigError } from "./common/settings.ts";
import type { ProcessSettings } from "./config.ts";
import type { Database } from "./db/database.ts";
import { ALONE, type Lead } from "./db/lead.ts";
import { createApp } from "./gateway/app.ts";
import type { GatewayApp, Readiness } from "./gateway/context.ts";
import { STAND_BY } from "./gateway/failure.ts";
import { Limits } from "./gateway/limits.ts";
import { Sessions } from "./gateway/sessions.ts";
import type { OpenTrade, ReadyTrade } from "./trade.ts";

export interface ServiceParts {
  platform: Platform;
  db: Database;
  settings: ProcessSettings;
  trades: readonly (Pick<ReadyTrade, "name" | "open"> & Partial<ReadyTrade>)[];
  log: Log;
  /** Which process works over the database. */
  lead?: Lead;
}

/** A client has this long to finish sending a request. */
const REQUEST_MS = 15_000;
const HEADERS_MS = 5_000;
const MEASURE_MS = 5_000;
/** A stand-by takes over within some seconds. */
const LEAD_MS = 1_000;
/** Roles are granted by people. */
const ROLES_MS = 5_000;
/** What /ready says is good for so long, at most. */
const STATE_MS = 1_000;

/** A process of the market operator: what its trades do again and again, and the door before them. */
export class Service {
  readonly app: GatewayApp;
  readonly metrics = new Metrics();
  readonly #parts: ServiceParts;
  readonly #trades: OpenTrade[];
  readonly #loops: Loop[] = [];
  readonly #lead: Lead;
  readonly #lacking: Cached<undefined, Lacking>;
  readonly #state: Cached<undefined, Readiness>;
  #server: Server | undefined;
  #isEnding = false;
  /** Whether trades were prepared since the lead was taken. */
  #isPrepared = false;

  constructor(parts: ServiceParts) {
    const { platform, db, settings, trades, log, lead = ALONE } = parts;
    this.#lead = lead;
    const roles = trades.flatMap(({ keys = {}, roles = {} }) =>
      Object.entries(roles).map(([variable, role]) => ({ variable, role, keys: keys[variable] ?? [] })),
    );
    this.#lacking = new Cached(ROLES_MS, () => readLacking(platform, roles));
    this.#parts = parts;
    const { metrics } = this;
    const loop = (name: string, everyMs: number, step: () => Promise<unknown>) => {
      const whereLeading = async () => (this.#isLeading ? step() : undefined);
      return this.#loop(name, everyMs, whereLeading);
    };
    this.#loop("lead", LEAD_MS, () => this.#follow());
    const { transactionGas, chainTtlMs } = settings;
    this.#state = new Cached(Math.min(chainTtlMs, STATE_MS), () => this.#missing());
    const clock = new ChainClock(platform, chainTtlMs);
    const ofTrades = { db, platform, clock, metrics, log, transactionGas, chainTtlMs, loop };
    this.#trades = trades.map((trade) => trade.open(ofTrades));
    this.#loop("measure", MEASURE_MS, () => this.#measure());
    this.app = createApp(
      {
        ...{ db, metrics, log },
        origins: settings.origins,
        limits: new Limits(settings),
        sessions: new Sessions(platform),
        trades: trades.map(({ name }) => name),
        isStandBy: () => !this.#isLeading,
        readiness: () => this.#readiness(),
        notices: () => this.#trades.flatMap((trade) => trade.notices?.() ?? []),
        alerts: async () => (await Promise.all(this.#trades.map((trade) => trade.alerts?.() ?? []))).flat(),
      },
      this.#trades.map(({ routes }) => routes),
    );
  }

  /** Where the service listens; after `start`. */
  get url(): string {
    if (this.#server === undefined) throw new Error("The service was not started.");
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
  }

  async start(): Promise<void> {
    const { platform, db, settings, log } = this.#parts;
    await requireOwnChain(db, platform);
    await this.#follow();
    if (!this.#isLeading) log.info({}, "stands by: another process does the work over this database");
    for (const { en } of (await this.#lacking.get(undefined)).sentences)
      log.warn({ reason: en }, "a key lacks its role");
    const { host: hostname, port } = settings;
    const serverOptions = {
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: 1_000,
    };
    await new Promise<void>((done, fail) => {
      this.#server = serve({ fetch: this.app.fetch, hostname, port, serverOptions }, () => done()) as Server;
      this.#server.once("error", (error: NodeJS.ErrnoException) => {
        const isTaken = error.code === "EADDRINUSE";
        const sentence = {
          en: `OPERATOR_PORT is ${port}, where another program listens: end it or choose another port.`,
          zh: `OPERATOR_PORT 为 ${port}，已有其他程序监听：请结束该程序或改用其他端口。`,
        };
        fail(isTaken ? new ConfigError(sentence) : error);
      });
    });
    for (const loop of this.#loops) loop.start();
  }

  /** Takes nothing new, finishes what it is at, ends streams. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    const server = this.#server;
    const closed = new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
    await Promise.all(this.#loops.map((loop) => loop.stop()));
    // Requests under way have a moment; streams would never end.
    const patience = setTimeout(() => server?.closeAllConnections(), 1_000);
    await closed;
    clearTimeout(patience);
    await this.#lead.release();
  }

  /** Why it does not do all that it is for; undefined if it does. */
  async whyNotReady(): Promise<string | undefined> {
    return (await this.#readiness()).reason?.en;
  }

  get #isLeading(): boolean {
    return this.#lead.isHeld && this.#isPrepared;
  }

  #loop(name: string, everyMs: number, step: () => Promise<unknown>): Loop {
    const added = new Loop(step, { everyMs, failed: (error) => this.#note(name, error) });
    this.#loops.push(added);
    return added;
  }

  /** Takes the lead where it is free; who lost it begins again once it has it again. */
  async #follow(): Promise<void> {
    const wasPrepared = this.#isPrepared;
    if (!(await this.#lead.hold())) {
      this.#isPrepared = false;
      if (wasPrepared) this.#parts.log.warn({}, "stands by: it lost the lead over this database");
    } else if (!wasPrepared) {
      for (const trade of this.#trades) await trade.prepare?.();
      this.#isPrepared = true;
      if (this.#server !== undefined) this.#parts.log.info({}, "took over");
    }
  }

  /** Who asks, as often as it takes: database and node are asked once a second. */
  async #readiness(): Promise<Readiness> {
    return this.#isEnding ? { reason: ENDING, warnings: [] } : this.#state.get(undefined);
  }

  async #missing(): Promise<Readiness> {
    const { db, platform } = this.#parts;
    try {
      await db.execute(sql`select 1`);
    } catch {
      return { reason: NO_DATABASE, warnings: [] };
    }
    try {
      await getBlock(platform.client);
      const { sentences, isNobodyLeft } = await this.#lacking.get(undefined);
      if (!this.#isLeading) return { reason: STAND_BY.sentences, warnings: sentences };
      if (!isNobodyLeft) return { warnings: sentences };
      const together = (language: Language) =>
        sentences.map((words) => words[language]).join(language === "en" ? " " : "");
      return { reason: { en: together("en"), zh: together("zh") }, warnings: [] };
    } catch {
      return { reason: NO_NODE, warnings: [] };
    }
  }

  async #measure(): Promise<void> {
    const { timestamp } = await getBlock(this.#parts.platform.client);
    this.metrics.lag.set(Math.max(0, Date.now() / 1000 - Number(timestamp)));
  }

  #note(step: string, error: unknown): void {
    this.metrics.failures.inc({ step });
    this.#parts.log.warn({ step, reason: explain(error) }, "tried again");
  }
}

const ENDING = { en: "The service is ending.", zh: "服务正在结束。" };
const NO_DATABASE = { en: "The database does not answer.", zh: "数据库没有应答。" };
const NO_NODE = { en: "The chain's node does not answer.", zh: "区块链节点没有应答。" };
