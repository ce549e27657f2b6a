import type { HttpBindings } from "@hono/node-server";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Log } from "../common/log.ts";
import type { Metrics } from "../common/metrics.ts";
import type { Database } from "../db/database.ts";
import type { Alert } from "./alerts.ts";
import type { FieldWords } from "./fieldWords.ts";
import type { Words } from "./language.ts";
import type { Limits } from "./limits.ts";
import type { Sessions } from "./sessions.ts";

/** What any route works with. */
export interface Gateway {
  db: Database;
  metrics: Metrics;
  log: Log;
  limits: Limits;
  sessions: Sessions;
  /** Pages of these origins may ask; those of its own origin always may. */
  origins: readonly string[];
  /** Names of the trades that this process runs. */
  trades: readonly string[];
  /** Whether another process does the work of this one's trades, which then answers for none of them. */
  isStandBy(): boolean;
  readiness(): Promise<Readiness>;
  /** What everybody is shown who asks how the process is. */
  notices(): readonly Words[];
  /** What needs a person, of all trades of this process. */
  alerts(): Promise<readonly Alert[]>;
}

/** How a process stands. */
export interface Readiness {
  /** Why it takes no requests yet or any more; undefined if it does. */
  reason?: Words;
  /** What its operator should see to meanwhile. */
  warnings: readonly Words[];
}

/** What a trade answers over HTTP. */
export interface Routes {
  /** The trade's name, under which its operations are described. */
  name: string;
  /** What it does, in one sentence. */
  description: Words;
  register(app: GatewayApp, gateway: Gateway): void;
  /** What fields of its own must be. */
  fieldWords?: FieldWords;
  /** Paths that limit messages by themselves, because theirs are larger than others'. */
  largeMessages?: readonly (string | RegExp)[];
}

/** What a request carries along. */
export interface Env {
  /** Undefined where it is asked from within this process. */
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string; language: "en" | "zh"; apiKey: string | undefined };
}
export type RequestContext = Context<Env>;
export type GatewayApp = OpenAPIHono<Env>;
