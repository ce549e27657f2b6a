import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { count, eq, sql } from "drizzle-orm";
import type { PrivateKeyAccount } from "viem/accounts";
import { getBlock } from "viem/actions";
import { explain, type Platform } from "../sdk/index.ts";
import { requireOwnChain } from "./chain/ownChain.ts";
import { ChainView } from "./chain/view.ts";
import { type Config, ConfigError } from "./config.ts";
import type { Database } from "./db/database.ts";
import { orders } from "./db/schema.ts";
import { SignatureDesk } from "./exchange/admission/signature.ts";
import { EventHub } from "./exchange/events/hub.ts";
import { TradeWatch } from "./exchange/events/tradeWatch.ts";
import { ClearingDesk } from "./exchange/rounds/clear.ts";
import { Submitter } from "./exchange/submission/submitter.ts";
import { createApp, type GatewayApp } from "./gateway/app.ts";
import { Limits } from "./gateway/limits.ts";
import { type Duty, Keeper } from "./keeper/keeper.ts";
import type { Log } from "./log.ts";
import { Loop } from "./loop.ts";
import { MeterFolder } from "./metering/folder.ts";
import { MeterIntake } from "./metering/intake.ts";
import { Metrics } from "./metrics.ts";

export type ServiceSettings = Pick<
  Config,
  | "host"
  | "port"
  | "trustedProxies"
  | "clearingLeadSeconds"
  | "lastCallSeconds"
  | "seedWaitSeconds"
  | "priceRule"
  | "transactionGas"
  | "ratePerTrader"
  | "rateRefused"
  | "chainTtlMs"
  | "meterFolder"
>;

export interface ServiceParts {
  platform: Platform;
  db: Database;
  settings: ServiceSettings;
  /** Who hold the market operator's role. */
  accounts: readonly PrivateKeyAccount[];
  /** Settles and does what else is due; without it others must. */
  keeper?: PrivateKeyAccount | undefined;
  /** Reports readings: holds the meter operator's role; without it none are taken. */
  meterOperator?: PrivateKeyAccount | undefined;
  log: Log;
}

/** A client has this long to finish sending a request. */
const REQUEST_MS = 15_000;
const HEADERS_MS = 5_000;
const WATCH_MS = 1_000;
const MEASURE_MS = 5_000;
/** What is matched within this time is opened on the chain together. */
const CLEAR_MS = 2_000;
const SUBMIT_MS = 500;
/** Looks through all open orders; a clearing does so before, too. */
const EXPIRE_MS = 30_000;
const KEEP_MS = 1_000;
const FOLDER_MS = 2_000;
/** A file that nobody wrote to for so long is complete. */
const SETTLE_MS = 10_000;

/** The market operator's service: what runs beside the door, and the door itself. */
export class Service {
  readonly app: GatewayApp;
  readonly hub = new EventHub();
  readonly metrics = new Metrics();
  readonly view: ChainView;
  readonly #parts: ServiceParts;
  readonly #loops: Loop[];
  #server: Server | undefined;
  #isEnding = false;

  constructor(parts: ServiceParts) {
    const { platform, db, settings, accounts, keeper, meterOperator, log } = parts;
    this.#parts = parts;
    this.view = new ChainView(platform, settings.chainTtlMs);
    const { hub, metrics, view } = this;
    const watch = new TradeWatch(platform, hub);
    const loop = (name: string, everyMs: number, step: () => Promise<unknown>) =>
      new Loop(step, { everyMs, failed: (error) => this.#note(name, error) });
    const { transactionGas } = settings;
    const submitter = new Submitter({ db, platform, view, accounts, hub, metrics, log, transactionGas });
    const submitting = loop("submit", SUBMIT_MS, () => submitter.step());
    const desk = new ClearingDesk({
      db,
      view,
      hub,
      metrics,
      rule: settings.priceRule,
      seedWaitMs: settings.seedWaitSeconds * 1_000,
    });
    const clear = async (zone: number, day: number) => {
      const rounds = await desk.clear(zone, day);
      submitting.hurry();
      return rounds;
    };
    this.#loops = [
      loop("clear", CLEAR_MS, async () => {
        await desk.clearClosed(settings.clearingLeadSeconds);
        if (settings.lastCallSeconds < settings.clearingLeadSeconds) await desk.matchClosed();
      }),
      submitting,
      loop("watch", WATCH_MS, () => watch.look()),
      loop("expire", EXPIRE_MS, () => desk.expire()),
      loop("measure", MEASURE_MS, () => this.#measure()),
    ];
    const work = (duty: Duty, account: PrivateKeyAccount) => {
      const keeping = new Keeper({ db, platform, view, account, duty, metrics, log, transactionGas });
      return loop(duty, KEEP_MS, () => keeping.step());
    };
    if (keeper !== undefined) this.#loops.push(work("keep", keeper));
    let metering: MeterIntake | undefined;
    if (meterOperator !== undefined) {
      const intake = new MeterIntake({ db, view, metrics, log });
      this.#loops.push(work("report", meterOperator));
      if (settings.meterFolder !== undefined) {
        const folder = new MeterFolder({ folder: settings.meterFolder, intake, log, settleMs: SETTLE_MS });
        this.#loops.push(loop("folder", FOLDER_MS, () => folder.look()));
      }
      metering = intake;
    }
    this.app = createApp({
      ...{ db, view, hub, metrics, log },
      signatures: new SignatureDesk(platform),
      limits: new Limits(settings),
      lastCallSeconds: settings.lastCallSeconds,
      clear,
      metering,
      chainTtlMs: settings.chainTtlMs,
      notReady: () => this.#notReady(),
    });
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

  async #notReady(): Promise<string | undefined> {
    if (this.#isEnding) return "The service is ending.";
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
    const { db, platform } = this.#parts;
    const [open] = await db.select({ count: count() }).from(orders).where(eq(orders.state, "open"));
    this.metrics.openOrders.set(open?.count ?? 0);
    const { timestamp } = await getBlock(platform.client);
    this.metrics.lag.set(Math.max(0, Date.now() / 1000 - Number(timestamp)));
  }

  #note(step: string, error: unknown): void {
    this.metrics.failures.inc({ step });
    this.#parts.log.warn({ step, reason: explain(error) }, "tried again");
  }
}
