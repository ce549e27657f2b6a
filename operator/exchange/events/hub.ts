import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { Address } from "viem";
import { type Band, type Day, formatDay, sumCurve } from "../../../sdk/index.ts";
import type { OrderRow } from "../tables.ts";

export const TOPICS = ["book", "round", "trade", "order", "proposal", "reading"] as const;
export type Topic = (typeof TOPICS)[number];

/** What happened, as streams publish it. */
export interface MarketEvent {
  topic: Topic;
  /** Where it happened, as far as that is known: what a listener chooses by. */
  zone?: number;
  day?: Day;
  /** Whose it is, in small letters; known to the service, and given to nobody. */
  parties?: readonly Address[];
  data: Record<string, unknown>;
}

/** An event that was published. */
export interface Published extends MarketEvent {
  id: string;
  /** What listeners are sent of it. */
  text: string;
}

/** Events, and characters of them, that are kept for those who come back. */
const MOST_EVENTS = 10_000;
const MOST_TEXT = 16_000_000;

/** Passes on what happens to those who listen, and keeps the latest of it for those who come back. */
export class EventHub {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  /** Another process, or this one started again, counts from the beginning. */
  readonly #run = randomUUID().slice(0, 8);
  #count = 0;
  #kept: Published[] = [];
  #text = 0;

  publish(event: MarketEvent): void {
    const { zone, day, data } = event;
    this.#count += 1;
    const place = { ...(zone !== undefined && { zone }), ...(day !== undefined && { date: formatDay(day) }) };
    const published = { ...event, id: this.#idOf(this.#count), text: JSON.stringify({ ...place, ...data }) };
    this.#keep(published);
    this.#emitter.emit("inside", published);
    this.#emitter.emit("event", published);
  }

  /** Id of the last event, from which on a listener goes on; of none, where nothing happened yet. */
  get last(): string {
    return this.#idOf(this.#count);
  }

  /** What happened after an event; undefined if that is not known any more. */
  since(id: string): readonly Published[] | undefined {
    const [run, count = ""] = id.split("-");
    const missed = this.#count - Number(count);
    if (run !== this.#run || !/^\d{1,15}$/.test(count) || missed < 0 || missed > this.#kept.length) return undefined;
    return this.#kept.slice(this.#kept.length - missed);
  }

  /** For what this process keeps up to date: not counted among those who listen, and before them. */
  follow(follower: (event: Published) => void): void {
    this.#emitter.on("inside", follower);
  }

  /** Returns what stops listening. */
  listen(listener: (event: Published) => void): () => void {
    this.#emitter.on("event", listener);
    return () => this.#emitter.off("event", listener);
  }

  get listeners(): number {
    return this.#emitter.listenerCount("event");
  }

  #idOf(count: number): string {
    return `${this.#run}-${count}`;
  }

  #keep(event: Published): void {
    this.#kept.push(event);
    this.#text += event.text.length;
    // By halves, so that it does not move what it keeps with each event.
    if (this.#kept.length < 2 * MOST_EVENTS && this.#text < 2 * MOST_TEXT) return;
    let [from, text] = [this.#kept.length, 0];
    while (from > 0 && this.#kept.length - from < MOST_EVENTS && text < MOST_TEXT) {
      from -= 1;
      text += this.#kept[from]!.text.length;
    }
    [this.#kept, this.#text] = [this.#kept.slice(from), text];
  }
}

/** Says where an order stands, and of one that comes or goes that its book changed. */
export function publishOrder(
  hub: EventHub,
  order: Pick<OrderRow, "hash" | "state" | "zone" | "day" | "trader" | "side" | "paymentDays"> & {
    bands: readonly Band[];
    filled?: OrderRow["filled"];
  },
  reason?: string,
): void {
  const { hash, state, zone, day, side, paymentDays, bands, trader, filled = null } = order;
  const because = reason === undefined ? {} : { reason };
  hub.publish({ topic: "book", zone, day, data: { order: hash, state, side, paymentDays, bands, ...because } });
  const filledWh = String(filled === null ? 0n : sumCurve(filled));
  hub.publish({ topic: "order", zone, day, parties: [trader], data: { order: hash, state, filledWh, ...because } });
}

/** Says that more of an order is filled. */
export function publishFill(
  hub: EventHub,
  { hash, zone, day, trader }: Pick<OrderRow, "hash" | "zone" | "day" | "trader">,
  { filled, isComplete }: { filled: OrderRow["filled"]; isComplete: boolean },
): void {
  const filledWh = String(filled === null ? 0n : sumCurve(filled));
  const data = { order: hash, state: isComplete ? "filled" : "open", filledWh };
  hub.publish({ topic: "order", zone, day, parties: [trader], data });
}
