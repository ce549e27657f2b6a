import { EventEmitter } from "node:events";
import type { Day } from "../../../sdk/index.ts";

/** What happened, as streams publish it. */
export type MarketEvent =
  | { topic: "book"; zone: number; day: Day; data: Record<string, unknown> }
  | { topic: "round"; zone: number; day: Day; data: Record<string, unknown> }
  | { topic: "trade"; zone?: undefined; day?: undefined; data: Record<string, unknown> };
export type Topic = MarketEvent["topic"];

/** Passes on what happens to those who listen at the moment. */
export class EventHub {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  publish(event: MarketEvent): void {
    this.#emitter.emit("event", event);
  }

  /** Returns what stops listening. */
  listen(listener: (event: MarketEvent) => void): () => void {
    this.#emitter.on("event", listener);
    return () => this.#emitter.off("event", listener);
  }

  get listeners(): number {
    return this.#emitter.listenerCount("event");
  }
}
