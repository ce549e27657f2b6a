import { getBlock } from "viem/actions";
import type { Platform } from "../../sdk/index.ts";
import { Cached } from "./cached.ts";

/** An answer is good for no longer, because what is due depends on it. */
const LONGEST_MS = 1_000;

/** What time it is on the chain. */
export class ChainClock {
  readonly #platform: Platform;
  readonly #last: Cached<undefined, { chain: number; read: number }>;
  #read: { chain: number; read: number } | undefined;

  constructor(platform: Platform, ttlMs: number) {
    this.#platform = platform;
    this.#last = new Cached(Math.min(ttlMs, LONGEST_MS), () => this.#look());
  }

  /** Unix second on the chain: that of its last block, and on with our clock where blocks come on demand. */
  async now(): Promise<number> {
    const { chain, read } = await this.#last.get(undefined);
    return chain + Math.floor((Date.now() - read) / 1000);
  }

  forget(): void {
    this.#last.clear();
  }

  async #look() {
    const { timestamp } = await getBlock(this.#platform.client);
    if (this.#read?.chain !== Number(timestamp)) this.#read = { chain: Number(timestamp), read: Date.now() };
    return this.#read;
  }
}
