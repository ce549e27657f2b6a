import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sign, verify } from "hono/jwt";
import type { Address, Hex } from "viem";
import type { RequestContext } from "../gateway/context.ts";
import { Refusal } from "../gateway/refusal.ts";

/** Seconds within which a challenge is signed, and for which somebody is then known. */
const TO_SIGN = 300;
const KNOWN = 3_600;
const ALGORITHM = "HS256";

/** What an account signs to be known. */
export interface Asked {
  account: Address;
  /** Unix second. */
  expiry: number;
  challenge: Hex;
}

/** Knows an account by a challenge that it signed, for an hour, by a token. Nothing of it is kept. */
export class Sessions {
  /** Of this process, and of what the session is for: who was known to another one signs again. */
  readonly #secret = randomBytes(32).toString("hex");
  readonly #requireSigned: (asked: Asked, signature: Hex) => Promise<void>;

  /** @param requireSigned refuses a signature that the account does not vouch for */
  constructor(requireSigned: (asked: Asked, signature: Hex) => Promise<void>) {
    this.#requireSigned = requireSigned;
  }

  challenge(account: Address): Asked {
    const expiry = now() + TO_SIGN;
    return { account, expiry, challenge: this.#challengeFor(account, expiry) };
  }

  async open(asked: Asked, signature: Hex): Promise<{ token: string; expiry: number }> {
    const { account, expiry } = asked;
    const own = Buffer.from(this.#challengeFor(account, expiry).slice(2), "hex");
    const isOwn = timingSafeEqual(own, Buffer.from(asked.challenge.slice(2), "hex"));
    if (!isOwn || expiry < now()) throw CHALLENGE_OVER;
    await this.#requireSigned(asked, signature);
    const until = now() + KNOWN;
    return { token: await sign({ sub: account, exp: until }, this.#secret, ALGORITHM), expiry: until };
  }

  /** Whose session a message carries; undefined for nobody's. */
  async accountOf(c: RequestContext): Promise<Address | undefined> {
    const [scheme = "", token = ""] = (c.req.header("authorization") ?? "").split(" ");
    if (scheme.toLowerCase() !== "bearer" || token === "") return undefined;
    const known = await verify(token, this.#secret, ALGORITHM).catch(() => undefined);
    return known?.sub as Address | undefined;
  }

  #challengeFor(account: Address, expiry: number): Hex {
    return `0x${createHmac("sha256", this.#secret).update(`${account} ${expiry}`).digest("hex")}`;
  }
}

const now = () => Math.floor(Date.now() / 1000);

const CHALLENGE_OVER = new Refusal(401, "ChallengeOver", {
  en: "This is no challenge of this service, or its five minutes are over: ask for another one and sign that.",
  zh: "该挑战并非本服务签发，或已超过五分钟：请重新获取并签署。",
});
