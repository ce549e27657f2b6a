import type { Database } from "../../db/database.ts";
import type { EventHub } from "../events/hub.ts";
import { type BookPlace, DayBook } from "./book.ts";

/** A book of more orders is not brought up to date after each change. */
const LARGE = 1_000;
/** Bringing a large book up to date takes a tenth of this process's time at most. */
const REST = 10;
/** Places come from outside. */
const MOST = 64;
/** Orders of all books that are kept: an order takes about a kilobyte. */
const MOST_ORDERS = 200_000;

interface Kept {
  book: DayBook;
  /** Done when it is as up to date as it has to be. */
  read: Promise<void>;
  /** Milliseconds on our clock; what is being read stays until it is there. */
  until: number;
  hasChanged: boolean;
}

/** The books of days, kept for all who ask and brought up to date where something of them changed. */
export class DayBooks {
  readonly #db: Database;
  readonly #ttlMs: number;
  /** Asked for last stands last. */
  readonly #kept = new Map<string, Kept>();

  /** @param ttlMs how long a book is good for of which nothing was heard */
  constructor(db: Database, ttlMs: number, hub: EventHub) {
    this.#db = db;
    this.#ttlMs = ttlMs;
    hub.follow(({ topic }) => {
      if (topic !== "book" && topic !== "round") return;
      for (const kept of this.#kept.values()) {
        kept.hasChanged = true;
        if (kept.book.orders <= LARGE && kept.until !== Number.POSITIVE_INFINITY) kept.until = 0;
      }
    });
  }

  async of(place: BookPlace): Promise<DayBook> {
    const key = `${place.zone} ${place.day} ${place.paymentDays}`;
    const kept = this.#kept.get(key) ?? {
      book: new DayBook(place),
      read: Promise.resolve(),
      until: 0,
      hasChanged: false,
    };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (kept.until <= Date.now()) {
      kept.until = Number.POSITIVE_INFINITY;
      kept.hasChanged = false;
      kept.read = this.#read(key, kept);
    }
    await kept.read;
    return kept.book;
  }

  async #read(key: string, kept: Kept): Promise<void> {
    const begun = performance.now();
    try {
      await kept.book.read(this.#db);
    } catch (error) {
      // Who asked gets the error; the next one asks again.
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
      throw error;
    }
    const tookMs = performance.now() - begun;
    const isLarge = kept.book.orders > LARGE;
    const restMs = isLarge ? Math.max(this.#ttlMs, REST * tookMs) : kept.hasChanged ? 0 : this.#ttlMs;
    kept.until = Date.now() + restMs;
    this.#forget();
  }

  /** What was not asked for longest, where there is too much. */
  #forget(): void {
    let orders = 0;
    for (const { book } of this.#kept.values()) orders += book.orders;
    for (const [key, { book, until }] of this.#kept) {
      if (this.#kept.size <= MOST && orders <= MOST_ORDERS) return;
      if (this.#kept.size === 1 || until === Number.POSITIVE_INFINITY) continue;
      this.#kept.delete(key);
      orders -= book.orders;
    }
  }
}
