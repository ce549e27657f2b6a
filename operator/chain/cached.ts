/** Answers that stay good for a while; what is asked for at the same time is asked once. */
export class Cached<Key, Value> {
  readonly #ask: (key: Key) => Promise<Value>;
  readonly #ttlMs: number;
  readonly #kept = new Map<Key, { answer: Promise<Value>; until: number }>();

  constructor(ttlMs: number, ask: (key: Key) => Promise<Value>) {
    this.#ask = ask;
    this.#ttlMs = ttlMs;
  }

  get(key: Key): Promise<Value> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > Date.now()) return kept.answer;
    if (this.#kept.size >= MOST) this.#kept.clear();
    const answer = this.#ask(key);
    this.#kept.set(key, { answer, until: Date.now() + this.#ttlMs });
    // A node that did not answer is asked again.
    answer.catch(() => this.#kept.delete(key));
    return answer;
  }

  clear(): void {
    this.#kept.clear();
  }
}

/** Keys come from outside, so there is an end to how many are kept. */
const MOST = 100_000;
