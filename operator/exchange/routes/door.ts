import type { Gateway } from "../../gateway/context.ts";
import type { TraderSessions } from "../admission/sessions.ts";
import type { SignatureDesk } from "../admission/signature.ts";
import type { ChainView } from "../chainView.ts";
import type { EventHub } from "../events/hub.ts";
import type { StreamPlaces, TraderLimit } from "../limits.ts";
import type { ExchangeMetrics } from "../metrics.ts";

/** What the exchange's own routes work with. */
export interface Exchange {
  view: ChainView;
  signatures: SignatureDesk;
  sessions: TraderSessions;
  hub: EventHub;
  figures: ExchangeMetrics;
  traderLimit: TraderLimit;
  streamPlaces: StreamPlaces;
  /** How long an answer of the chain is good for. */
  chainTtlMs: number;
  /** Orders for a day are taken until this long before its cut-off. */
  lastOrderSeconds: number;
  /** Clears a zone's books of a day that have closed and were not cleared, or can be again; the numbers of the rounds. */
  clear(zone: number, day: number): Promise<number[]>;
}

export type ExchangeDoor = Gateway & Exchange;
