import type { Gateway } from "../../gateway/context.ts";
import type { Intake } from "../admission/intake.ts";
import type { SignatureDesk } from "../admission/signature.ts";
import type { ChainView } from "../chainView.ts";
import type { EventHub } from "../events/hub.ts";
import type { StreamPlaces, TraderLimit } from "../limits.ts";
import type { ExchangeMetrics } from "../metrics.ts";
import type { ExchangeSettings } from "../settings.ts";

/** What the exchange's own routes work with. */
export interface Exchange {
  view: ChainView;
  signatures: SignatureDesk;
  hub: EventHub;
  figures: ExchangeMetrics;
  traderLimit: TraderLimit;
  streamPlaces: StreamPlaces;
  /** How long an answer of the chain is good for. */
  chainTtlMs: number;
  /** Orders for a day are taken until this long before its cut-off. */
  lastOrderSeconds: number;
  intake: Intake;
  /** Who is shown names. */
  namesFor: ExchangeSettings["namesFor"];
  /** Clears a zone's books of a day that have closed and were not cleared, or can be again; the numbers of the rounds. */
  clear(zone: number, day: number): Promise<number[]>;
}

export type ExchangeDoor = Gateway & Exchange;
