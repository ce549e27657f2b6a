import type { Platform, RoleName } from "../sdk/index.ts";
import type { ChainClock } from "./chain/clock.ts";
import type { Log } from "./common/log.ts";
import type { Loop } from "./common/loop.ts";
import type { Metrics } from "./common/metrics.ts";
import type { PrivateKey } from "./common/settings.ts";
import type { Database } from "./db/database.ts";
import type { Tables } from "./db/migrate.ts";
import type { Alert } from "./gateway/alerts.ts";
import type { Routes } from "./gateway/context.ts";
import type { Words } from "./gateway/language.ts";

/** What any trade may ask of the process it runs in. */
export interface TradeParts {
  db: Database;
  platform: Platform;
  clock: ChainClock;
  metrics: Metrics;
  log: Log;
  /** What the network gives to one transaction. */
  transactionGas: number;
  /** How long an answer of the chain is good for. */
  chainTtlMs: number;
  /** A step to be taken again and again while the process runs. */
  loop(name: string, everyMs: number, step: () => Promise<unknown>): Loop;
}

/** A trade in a process. */
export interface OpenTrade {
  routes: Routes;
  /** Before it is asked anything. */
  prepare?(): Promise<void>;
  /** What everybody is shown who asks how the process is. */
  notices?(): readonly Words[];
  /** What its people should see to. */
  alerts?(): Promise<readonly Alert[]>;
}

/** A trade that knows its own settings, and could open. */
export interface ReadyTrade {
  name: string;
  /** The keys it signs transactions with, by the variable that names them: no key serves two. */
  keys: Readonly<Record<string, readonly PrivateKey[]>>;
  /** The role that the keys of a variable must hold, where they must. */
  roles?: Readonly<Record<string, RoleName>>;
  open(parts: TradeParts): OpenTrade;
}

/** One of the operator's trades, by itself: it knows none of the others. */
export interface Trade {
  /** Its own, and those that it needs of what trades share; what a room refers to goes before it. */
  tables: readonly Tables[];
  /** Reads its own settings and no others; throws a sentence for each mistake. */
  ready(variables: NodeJS.ProcessEnv): ReadyTrade;
}
