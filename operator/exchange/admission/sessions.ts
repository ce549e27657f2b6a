import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sign, verify } from "hono/jwt";
import type { Address, Hex } from "viem";
import { type Challenge, challengeDigest, marketOf } from "../../../sdk/index.ts";
import type { RequestContext } from "../../gateway/context.ts";
import { Refusal } from "../../gateway/refusal.ts";
import type { ChainView } from "../chainView.ts";
import type { SignatureDesk } from "./signature.ts";

/** Seconds within which a challenge is signed, and for which a trader is then known. */
const TO_SIGN = 300;
const KNOWN = 3_600;
const ALGORITHM = "HS256";

/** Shows a trader what is its own: it signs a challenge, and is known by a token for an hour. Nothing of it is kept. */
export class Sessions {
  /** Of this process: who was known to another one signs again. */
  readonly #secret = randomBytes(32).toString("hex");
  readonly #signatures: SignatureDesk;
  readonly #view: ChainView;

  constructor(signatures: SignatureDesk, view: ChainView) {
    this.#signatures = signatures;
    this.#view = view;
  }

  challenge(trader: Address): Challenge {
    const expiry = now() + TO_SIGN;
    return { trader, expiry, challenge: this.#challengeFor(trader, expiry) };
  }

  async open(challenge: Challenge, signature: Hex): Promise<{ token: string; expiry: number }> {
    const { trader, expiry } = challenge;
    const own = Buffer.from(this.#challengeFor(trader, expiry).slice(2), "hex");
    const isOwn = timingSafeEqual(own, Buffer.from(challenge.challenge.slice(2), "hex"));
    if (!isOwn || expiry < now()) throw CHALLENGE_OVER;
    await this.#signatures.require(challengeDigest(challenge, marketOf(this.#view.platform)), signature, trader);
    const until = now() + KNOWN;
    return { token: await sign({ sub: trader, exp: until }, this.#secret, ALGORITHM), expiry: until };
  }

  /** Lets only a trader in, or somebody with an API key. */
  async require(c: RequestContext, trader: Address): Promise<void> {
    if (c.get("apiKey") !== undefined) return;
    const [scheme = "", token = ""] = (c.req.header("authorization") ?? "").split(" ");
    if (scheme.toLowerCase() === "bearer" && token !== "") {
      const known = await verify(token, this.#secret, ALGORITHM).catch(() => undefined);
      if (known?.sub === trader) return;
    }
    const words = {
      en: `This is shown to ${trader} alone: sign a challenge of /challenges, hand it in at /sessions, and send its token as "authorization: Bearer …".`,
      zh: `此内容仅供 ${trader} 本人查看：请签署 /challenges 给出的挑战，提交到 /sessions，并以 “authorization: Bearer …” 发送所得令牌。`,
    };
    throw new Refusal(401, "SessionNeeded", words, { trader });
  }

  #challengeFor(trader: Address, expiry: number): Hex {
    return `0x${createHmac("sha256", this.#secret).update(`${trader} ${expiry}`).digest("hex")}`;
  }
}

const now = () => Math.floor(Date.now() / 1000);

const CHALLENGE_OVER = new Refusal(401, "ChallengeOver", {
  en: "This is no challenge of this service, or its five minutes are over: ask for another one and sign that.",
  zh: "该挑战并非本服务签发，或已超过五分钟：请重新获取并签署。",
});
