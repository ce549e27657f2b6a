import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "./refusal.ts";

/** Seconds over which messages are counted. */
export const MINUTE = 60;

interface LimitSettings {
  /** Refused messages that one address may send in a minute. */
  rateRefused: number;
  trustedProxies: readonly string[];
}

/** How much one address may ask: what is refused is counted by where it came from. */
export class Limits {
  readonly #addresses: RateLimiterMemory;
  readonly #proxies = new BlockList();

  constructor({ rateRefused, trustedProxies }: LimitSettings) {
    this.#addresses = new RateLimiterMemory({ points: rateRefused, duration: MINUTE });
    for (const proxy of trustedProxies) this.#proxies.addAddress(proxy, familyOf(proxy));
  }

  /** What a message is refused with whose address had too many refused; undefined if it had not. */
  async impatience(c: Context): Promise<Refusal | undefined> {
    const state = await this.#addresses.get(this.addressOf(c));
    return state !== null && state.consumedPoints >= this.#addresses.points ? tooMany(state) : undefined;
  }

  async countRefused(c: Context): Promise<void> {
    await this.#addresses.penalty(this.addressOf(c));
  }

  /** Where a message comes from: a proxy that is trusted says so last, whatever stands before that. */
  addressOf(c: Context): string {
    const connected = connectedFrom(c);
    if (!this.#isProxy(connected)) return connected;
    const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
    return isIP(forwarded) === 0 ? connected : forwarded;
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
