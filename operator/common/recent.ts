/** A map that forgets its oldest entries, for what is worth keeping but can be found out again. */
export class Recent<Key, Value> extends Map<Key, Value> {
  readonly #most: number;

  constructor(most = 100_000) {
    super();
    this.#most = most;
  }

  override set(key: Key, value: Value): this {
    super.set(key, value);
    if (this.size > this.#most) this.delete(this.keys().next().value as Key);
    return this;
  }
}
