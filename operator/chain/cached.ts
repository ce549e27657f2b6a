/** Answers that stay good for a while; what is asked for at the same time is asked once. */
export class Cached<Key, Value> {
  readonly #ask: (key: Key) => Promise<Value>;
  readonly #ttlMs: number;
  readonly #most: number;
  /** In the order in which they were asked for, which is that in which they expire. */
  readonly #kept = new Map<Key, { answer: Promise<Value>; until: number }>();

  /** @param most keys come from outside, so there is an end to how many are kept. */
  constructor(ttlMs: number, ask: (key: Key) => Promise<Value>, most = 100_000) {
    this.#ask = ask;
    this.#ttlMs = ttlMs;
    this.#most = most;
  }

  get(key: Key): Promise<Value> {
    const now = Date.now();
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > now) return kept.answer;
    this.#kept.delete(key);
    this.#makeRoom(now);
    const entry = { answer: this.#ask(key), until: now + this.#ttlMs };
    this.#kept.set(key, entry);
    // A node that did not answer is asked again.
    entry.answer.catch(() => this.#kept.get(key) === entry && this.#kept.delete(key));
    return entry.answer;
  }

  clear(): void {
    this.#kept.clear();
  }

  #makeRoom(now: number): void {
    for (const [key, { until }] of this.#kept) {
      if (until > now && this.#kept.size < this.#most) return;
      this.#kept.delete(key);
    }
  }
}
