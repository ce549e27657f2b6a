import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { MINUTE, tooMany } from "../gateway/limits.ts";
import { Refusal } from "../gateway/refusal.ts";

const MOST_STREAMS = 1_000;
const MOST_STREAMS_OF_ADDRESS = 100;

/** How much a trader may send, counted once its signature holds, so that nobody uses up another's share. */
export class TraderLimit {
  readonly #traders: RateLimiterMemory;

  constructor(ratePerTrader: number) {
    this.#traders = new RateLimiterMemory({ points: ratePerTrader, duration: MINUTE });
  }

  async count(trader: string): Promise<void> {
    try {
      await this.#traders.consume(trader.toLowerCase());
    } catch (state) {
      throw tooMany(state as RateLimiterRes);
    }
  }
}

/** How many may listen, all together and of one address. */
export class StreamPlaces {
  readonly #open = new Map<string, number>();

  /** A place for a stream; returns what gives it back. */
  take(address: string): () => void {
    const own = this.#open.get(address) ?? 0;
    if (own >= MOST_STREAMS_OF_ADDRESS) throw TOO_MANY_OWN_STREAMS;
    const all = [...this.#open.values()].reduce((sum, count) => sum + count, 0);
    if (all >= MOST_STREAMS) throw TOO_MANY_STREAMS;
    this.#open.set(address, own + 1);
    return () => {
      const left = this.#open.get(address)! - 1;
      if (left === 0) this.#open.delete(address);
      else this.#open.set(address, left);
    };
  }
}

const TOO_MANY_STREAMS = new Refusal(503, "TooManyStreams", {
  en: "Too many listen already: try again later.",
  zh: "监听者已满：请稍后重试。",
});

const TOO_MANY_OWN_STREAMS = new Refusal(
  429,
  "TooManyOwnStreams",
  {
    en: `Your address has ${MOST_STREAMS_OF_ADDRESS} streams open already: close one of them first.`,
    zh: `您的地址已打开 ${MOST_STREAMS_OF_ADDRESS} 个事件流：请先关闭其中之一。`,
  },
  { most: MOST_STREAMS_OF_ADDRESS },
);
