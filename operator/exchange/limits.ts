import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { MINUTE, tooMany } from "../gateway/limits.ts";
import { Refusal } from "../gateway/refusal.ts";

/** All together, and of these what only clients with an API key get. */
const MOST_STREAMS = 1_000;
const KEPT_FOR_KEYS = 200;
/** Of one client. */
const MOST_OWN_STREAMS = 50;
/** Who comes takes no more than this part of what is free, so that something is left for the next. */
const SHARE_OF_FREE = 0.1;

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

/** How many may listen, all together and of one client. */
export class StreamPlaces {
  readonly #open = new Map<string, number>();
  #all = 0;

  /**
   * A place for a stream; returns what gives it back.
   * @param client whom it counts for
   * @param hasKey whether that is an API key
   */
  take(client: string, hasKey: boolean): () => void {
    const own = this.#open.get(client) ?? 0;
    const free = MOST_STREAMS - this.#all - (hasKey ? 0 : KEPT_FOR_KEYS);
    if (free <= 0) throw TOO_MANY_STREAMS;
    const most = Math.min(MOST_OWN_STREAMS, Math.max(1, Math.floor(free * SHARE_OF_FREE)));
    if (own >= most) throw tooManyOwn(most);
    this.#open.set(client, own + 1);
    this.#all += 1;
    return () => {
      const left = this.#open.get(client)! - 1;
      this.#all -= 1;
      if (left === 0) this.#open.delete(client);
      else this.#open.set(client, left);
    };
  }
}

const TOO_MANY_STREAMS = new Refusal(503, "TooManyStreams", {
  en: "Too many listen already: try again later.",
  zh: "监听者已满：请稍后重试。",
});

function tooManyOwn(most: number): Refusal {
  const words = {
    en: `You have as many streams open as there is room for at the moment, ${most}: close one of them first, or listen with an API key.`,
    zh: `您打开的事件流已达目前的上限（${most} 个）：请先关闭其中之一，或使用 API 密钥。`,
  };
  return new Refusal(429, "TooManyOwnStreams", words, { most });
}
