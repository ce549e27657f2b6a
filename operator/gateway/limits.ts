import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "./networkOf.ts";
import { Refusal } from "./refusal.ts";

/** Seconds over which messages are counted. */
export const MINUTE = 60;

interface LimitSettings {
  /** Refused messages that one address may send in a minute. */
  rateRefused: number;
  /** Questions that one address may ask in a minute. */
  rateReads: number;
  /** Questions that are asked with one API key in a minute. */
  rateKeyReads: number;
  trustedProxies: readonly string[];
}

/** How much one address, or one key, may ask: an address of IPv6 counts with its whole network of a /64. */
export class Limits {
  readonly #refused: RateLimiterMemory;
  readonly #reads: RateLimiterMemory;
  readonly #keyReads: RateLimiterMemory;
  readonly #proxies = new BlockList();

  constructor({ rateRefused, rateReads, rateKeyReads, trustedProxies }: LimitSettings) {
    const limit = (points: number) => new RateLimiterMemory({ points, duration: MINUTE });
    [this.#refused, this.#reads, this.#keyReads] = [limit(rateRefused), limit(rateReads), limit(rateKeyReads)];
    for (const proxy of trustedProxies) this.#proxies.addAddress(proxy, familyOf(proxy));
  }

  /** Refuses a message whose address had too many refused. */
  async requirePatience(c: Context): Promise<void> {
    const state = await this.#refused.get(this.clientOf(c));
    if (state !== null && state.consumedPoints >= this.#refused.points) throw tooMany(state);
  }

  async countRefused(c: Context): Promise<void> {
    await this.#refused.penalty(this.clientOf(c));
  }

  /**
   * Counts what somebody asks, and refuses it where that is too much.
   * @param key name of the API key that it carries
   * @param questions as how many it counts
   */
  async countRead(c: Context, key: string | undefined, questions = 1): Promise<void> {
    const consumed =
      key === undefined ? this.#reads.consume(this.clientOf(c), questions) : this.#keyReads.consume(key, questions);
    await consumed.catch((state: RateLimiterRes) => {
      throw tooMany(state);
    });
  }

  /** Whom a message counts for: a proxy that is trusted says last whom it comes from, whatever stands before that. */
  clientOf(c: Context): string {
    const connected = connectedFrom(c);
    if (!this.#isProxy(connected)) return networkOf(connected);
    const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
    return networkOf(isIP(forwarded) === 0 ? connected : forwarded);
  }

  #isProxy(address: string): boolean {
    return isIP(address) !== 0 && this.#proxies.check(address, familyOf(address));
  }
}

/** What somebody is refused with who must wait. */
export function tooMany({ msBeforeNext }: RateLimiterRes): Refusal {
  const seconds = Math.ceil(msBeforeNext / 1000);
  const words = {
    en: `Too many messages: send the next one in ${seconds} s.`,
    zh: `请求过于频繁：请在 ${seconds} 秒后重试。`,
  };
  return new Refusal(429, "TooManyRequests", words, { seconds });
}

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

function connectedFrom(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? "unknown";
  } catch {
    // Asked from within this process.
    return "unknown";
  }
}
