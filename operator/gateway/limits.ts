import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../refusal.ts";

const MINUTE = 60;
const MOST_STREAMS = 1_000;
const MOST_STREAMS_OF_ADDRESS = 100;

interface LimitSettings {
  ratePerTrader: number;
  rateRefused: number;
  trustedProxies: readonly string[];
}

/**
 * How much one may ask. A trader is counted once its signature holds, so that nobody uses up another's share; what is
 * refused is counted by the address it came from.
 */
export class Limits {
  readonly #traders: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;
  readonly #proxies = new BlockList();
  /** Streams that are open, by address. */
  readonly #streams = new Map<string, number>();

  constructor({ ratePerTrader, rateRefused, trustedProxies }: LimitSettings) {
    this.#traders = new RateLimiterMemory({ points: ratePerTrader, duration: MINUTE });
    this.#addresses = new RateLimiterMemory({ points: rateRefused, duration: MINUTE });
    for (const proxy of trustedProxies) this.#proxies.addAddress(proxy, familyOf(proxy));
  }

  async countTrader(trader: string): Promise<void> {
    try {
      await this.#traders.consume(trader.toLowerCase());
    } catch (state) {
      throw tooMany(state as RateLimiterRes);
    }
  }

  /** What a message is refused with whose address had too many refused; undefined if it had not. */
  async impatience(c: Context): Promise<Refusal | undefined> {
    const state = await this.#addresses.get(this.#addressOf(c));
    return state !== null && state.consumedPoints >= this.#addresses.points ? tooMany(state) : undefined;
  }

  async countRefused(c: Context): Promise<void> {
    await this.#addresses.penalty(this.#addressOf(c));
  }

  /** A place for a stream; returns what gives it back. */
  takeStream(c: Context): () => void {
    const address = this.#addressOf(c);
    const own = this.#streams.get(address) ?? 0;
    if (own >= MOST_STREAMS_OF_ADDRESS) throw TOO_MANY_OWN_STREAMS;
    const all = [...this.#streams.values()].reduce((sum, count) => sum + count, 0);
    if (all >= MOST_STREAMS) throw TOO_MANY_STREAMS;
    this.#streams.set(address, own + 1);
    return () => {
      const left = this.#streams.get(address)! - 1;
      if (left === 0) this.#streams.delete(address);
      else this.#streams.set(address, left);
    };
  }

  /** Where a message comes from: a proxy that is trusted says so last, whatever stands before that. */
  #addressOf(c: Context): string {
    const connected = connectedFrom(c);
    if (!this.#isProxy(connected)) return connected;
    const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
    return isIP(forwarded) === 0 ? connected : forwarded;
  }

  #isProxy(address: string): boolean {
    return isIP(address) !== 0 && this.#proxies.check(address, familyOf(address));
  }
}

function tooMany({ msBeforeNext }: RateLimiterRes): Refusal {
  const seconds = Math.ceil(msBeforeNext / 1000);
  const words = {
    en: `Too many messages: send the next one in ${seconds} s.`,
    zh: `请求过于频繁：请在 ${seconds} 秒后重试。`,
  };
  return new Refusal(429, "TooManyRequests", words, { seconds });
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

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

function connectedFrom(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? "unknown";
  } catch {
    // Asked from within this process.
    return "unknown";
  }
}
