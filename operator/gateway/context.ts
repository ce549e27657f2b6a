import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { ChainView } from "../chain/view.ts";
import type { Database } from "../db/database.ts";
import type { SignatureDesk } from "../exchange/admission/signature.ts";
import type { EventHub } from "../exchange/events/hub.ts";
import type { Log } from "../log.ts";
import type { MeterIntake } from "../metering/intake.ts";
import type { Metrics } from "../metrics.ts";
import type { Limits } from "./limits.ts";

/** What the routes work with. */
export interface Gateway {
  db: Database;
  view: ChainView;
  signatures: SignatureDesk;
  hub: EventHub;
  metrics: Metrics;
  log: Log;
  limits: Limits;
  /** Orders for a day are taken until so long before the chain's gate. */
  lastCallSeconds: number;
  /** Clears what waits in a zone's books of a day now; the numbers of the rounds. */
  clear(zone: number, day: number): Promise<number[]>;
  /** Takes readings; undefined if this service reports none. */
  metering: MeterIntake | undefined;
  /** How long an answer of the chain is good for. */
  chainTtlMs: number;
  /** Why the service takes no requests yet or any more; undefined if it does. */
  notReady(): Promise<string | undefined>;
}

/** What a request carries along. */
export interface Env {
  /** Undefined where it is asked from within this process. */
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string; language: "en" | "zh"; apiKey: string };
}
export type RequestContext = Context<Env>;
