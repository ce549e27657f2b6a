import type { Database } from "../../db/database.ts";
import type { EventHub } from "../events/hub.ts";
import { type BookPlace, type DayBook, readBook } from "./book.ts";

/** A book of more orders is not added up again after each change. */
const LARGE = 1_000;
/** Adding up a large book takes a tenth of this process's time at most. */
const REST = 10;
/** Places come from outside. */
const MOST = 64;

interface Kept {
  book: Promise<DayBook>;
  /** Milliseconds on our clock; what is being added up stays until it is there. */
  until: number;
  isLarge: boolean;
  hasChanged: boolean;
}

/** The books of days, each added up once for all who ask, until something of it changes. */
export class DayBooks {
  readonly #db: Database;
  readonly #ttlMs: number;
  readonly #kept = new Map<string, Kept>();

  /** @param ttlMs how long a book is good for of which nothing was heard */
  constructor(db: Database, ttlMs: number, hub: EventHub) {
    this.#db = db;
    this.#ttlMs = ttlMs;
    hub.follow(({ topic }) => {
      if (topic !== "book" && topic !== "round") return;
      for (const kept of this.#kept.values()) {
        kept.hasChanged = true;
        if (!kept.isLarge && kept.until !== Number.POSITIVE_INFINITY) kept.until = 0;
      }
    });
  }

  of(place: BookPlace): Promise<DayBook> {
    const key = `${place.zone} ${place.day} ${place.paymentDays}`;
    const before = this.#kept.get(key);
    if (before !== undefined && before.until > Date.now()) return before.book;
    this.#kept.delete(key);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST && oldest !== undefined) this.#kept.delete(oldest);
    const kept: Kept = {
      book: readBook(this.#db, place),
      until: Number.POSITIVE_INFINITY,
      isLarge: false,
      hasChanged: false,
    };
    this.#kept.set(key, kept);
    void this.#rest(key, kept);
    return kept.book;
  }

  async #rest(key: string, kept: Kept): Promise<void> {
    const begun = performance.now();
    try {
      const { orders } = await kept.book;
      kept.isLarge = orders > LARGE;
    } catch {
      // Who asked gets the error; the next one asks again.
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
      return;
    }
    const tookMs = performance.now() - begun;
    const restMs = kept.isLarge ? Math.max(this.#ttlMs, REST * tookMs) : kept.hasChanged ? 0 : this.#ttlMs;
    kept.until = Date.now() + restMs;
  }
}
