import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sign, verify } from "hono/jwt";
import type { Address, Hex } from "viem";
import { Refusal } from "./refusal.ts";

/** Seconds within which a challenge is signed, and for which somebody is then known. */
const TO_SIGN = 300;
const KNOWN = 3_600;
const ALGORITHM = "HS256";

/** What is to be signed, and by when. */
export interface Asked {
  /** Unix second. */
  expiry: number;
  challenge: Hex;
}

/** What is looked at of a request. */
export interface Asking {
  req: { header(name: string): string | undefined };
}

/** Knows an account by a challenge that it signed, for an hour, by a token, for one purpose. Nothing of it is kept. */
export class Challenges<Purpose extends string> {
  /** Of this process: who was known to another one signs again. */
  readonly #secret = randomBytes(32).toString("hex");

  ask(account: Address, purpose: Purpose): Asked {
    const expiry = now() + TO_SIGN;
    return { expiry, challenge: this.#challengeFor(account, purpose, expiry) };
  }

  /** Refuses what was not asked here, or too long ago. Whether it was signed is for others to say. */
  requireAsked(account: Address, purpose: Purpose, { expiry, challenge }: Asked): void {
    const own = Buffer.from(this.#challengeFor(account, purpose, expiry).slice(2), "hex");
    const isOwn = timingSafeEqual(own, Buffer.from(challenge.slice(2), "hex"));
    if (!isOwn || expiry < now()) throw CHALLENGE_OVER;
  }

  /** A token by which an account that signed is known. */
  async admit(account: Address, purpose: Purpose): Promise<{ token: string; expiry: number }> {
    const expiry = now() + KNOWN;
    return { token: await sign({ sub: account, aud: purpose, exp: expiry }, this.#secret, ALGORITHM), expiry };
  }

  /** Whose token a message carries, if it was given for a purpose and is still good. */
  async accountOf(c: Asking, purpose: Purpose): Promise<Address | undefined> {
    const [scheme = "", token = ""] = (c.req.header("authorization") ?? "").split(" ");
    if (scheme.toLowerCase() !== "bearer" || token === "") return undefined;
    const known = await verify(token, this.#secret, ALGORITHM).catch(() => undefined);
    return known?.aud === purpose ? (known.sub as Address) : undefined;
  }

  #challengeFor(account: Address, purpose: Purpose, expiry: number): Hex {
    return `0x${createHmac("sha256", this.#secret).update(`${purpose} ${account} ${expiry}`).digest("hex")}`;
  }
}

const now = () => Math.floor(Date.now() / 1000);

const CHALLENGE_OVER = new Refusal(401, "ChallengeOver", {
  en: "This is no challenge of this service, or its five minutes are over: ask for another one and sign that.",
  zh: "该挑战并非本服务签发，或已超过五分钟：请重新获取并签署。",
});
