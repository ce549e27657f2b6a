import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { getBlock } from "viem/actions";
import { explain, type Platform } from "../sdk/index.ts";
import { Cached } from "./chain/cached.ts";
import { ChainClock } from "./chain/clock.ts";
import { requireOwnChain } from "./chain/ownChain.ts";
import type { Log } from "./common/log.ts";
import { Loop } from "./common/loop.ts";
import { Metrics } from "./common/metrics.ts";
import { ConfigError } from "./common/settings.ts";
import type { ProcessSettings } from "./config.ts";
import type { Database } from "./db/database.ts";
import { createApp } from "./gateway/app.ts";
import type { GatewayApp } from "./gateway/context.ts";
import { Limits } from "./gateway/limits.ts";
import type { OpenTrade, ReadyTrade } from "./trade.ts";

export interface ServiceParts {
  platform: Platform;
  db: Database;
  settings: ProcessSettings;
  trades: readonly Pick<ReadyTrade, "name" | "open">[];
  log: Log;
}

/** A client has this long to finish sending a request. */
const REQUEST_MS = 15_000;
const HEADERS_MS = 5_000;
const MEASURE_MS = 5_000;
/** What /ready says is good for so long, at most. */
const STATE_MS = 1_000;

/** A process of the market operator: what its trades do again and again, and the door before them. */
export class Service {
  readonly app: GatewayApp;
  readonly metrics = new Metrics();
  readonly #parts: ServiceParts;
  readonly #trades: OpenTrade[];
  readonly #loops: Loop[] = [];
  readonly #state: Cached<undefined, string | undefined>;
  #server: Server | undefined;
  #isEnding = false;

  constructor(parts: ServiceParts) {
    const { platform, db, settings, trades, log } = parts;
    this.#parts = parts;
    const { metrics } = this;
    const loop = (name: string, everyMs: number, step: () => Promise<unknown>) => {
      const added = new Loop(step, { everyMs, failed: (error) => this.#note(name, error) });
      this.#loops.push(added);
      return added;
    };
    const { transactionGas, chainTtlMs } = settings;
    this.#state = new Cached(Math.min(chainTtlMs, STATE_MS), () => this.#missing());
    const clock = new ChainClock(platform, chainTtlMs);
    const ofTrades = { db, platform, clock, metrics, log, transactionGas, chainTtlMs, loop };
    this.#trades = trades.map((trade) => trade.open(ofTrades));
    loop("measure", MEASURE_MS, () => this.#measure());
    this.app = createApp(
      {
        ...{ db, metrics, log },
        origins: settings.origins,
        limits: new Limits(settings),
        trades: trades.map(({ name }) => name),
        notReady: () => this.#notReady(),
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
    const { platform, db, settings } = this.#parts;
    await requireOwnChain(db, platform);
    for (const trade of this.#trades) await trade.prepare?.();
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
        const sentence = `OPERATOR_PORT is ${port}, where another program listens: end it or choose another port.`;
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
  }

  /** Whoever asks, as often as it takes: database and node are asked once a second. */
  async #notReady(): Promise<string | undefined> {
    return this.#isEnding ? "The service is ending." : this.#state.get(undefined);
  }

  async #missing(): Promise<string | undefined> {
    const { db, platform } = this.#parts;
    try {
      await db.execute(sql`select 1`);
    } catch {
      return "The database does not answer.";
    }
    try {
      await getBlock(platform.client);
    } catch {
      return "The chain's node does not answer.";
    }
    return undefined;
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
