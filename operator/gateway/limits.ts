import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../refusal.ts";

const MINUTE = 60;

/**
 * How much one may ask. A trader is counted once its signature holds, so that nobody uses up another's share; what is
 * refused is counted by the address it came from.
 */
export class Limits {
  readonly #traders: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;

  constructor({ ratePerTrader, rateRefused }: { ratePerTrader: number; rateRefused: number }) {
    this.#traders = new RateLimiterMemory({ points: ratePerTrader, duration: MINUTE });
    this.#addresses = new RateLimiterMemory({ points: rateRefused, duration: MINUTE });
  }

  async countTrader(trader: string): Promise<void> {
    try {
      await this.#traders.consume(trader.toLowerCase());
    } catch (state) {
      throw tooMany(state as RateLimiterRes);
    }
  }

  async requirePatience(c: Context): Promise<void> {
    const state = await this.#addresses.get(addressOf(c));
    if (state !== null && state.consumedPoints >= this.#addresses.points) throw tooMany(state);
  }

  async countRefused(c: Context): Promise<void> {
    await this.#addresses.penalty(addressOf(c));
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

function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? "unknown";
  } catch {
    // Asked from within this process.
    return "unknown";
  }
}
