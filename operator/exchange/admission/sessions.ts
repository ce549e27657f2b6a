import type { Address, Hex } from "viem";
import { type Challenge, challengeDigest, marketOf } from "../../../sdk/index.ts";
import type { RequestContext } from "../../gateway/context.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { Sessions } from "../../gateway/sessions.ts";
import type { ChainView } from "../chainView.ts";
import type { SignatureDesk } from "./signature.ts";

/** Shows a trader what is its own, once it signed a challenge. */
export class TraderSessions {
  readonly #sessions: Sessions;

  constructor(signatures: SignatureDesk, view: ChainView) {
    this.#sessions = new Sessions(({ account: trader, ...rest }, signature) =>
      signatures.require(challengeDigest({ trader, ...rest }, marketOf(view.platform)), signature, trader),
    );
  }

  challenge(trader: Address): Challenge {
    const { account: _, ...rest } = this.#sessions.challenge(trader);
    return { trader, ...rest };
  }

  open({ trader, ...rest }: Challenge, signature: Hex): Promise<{ token: string; expiry: number }> {
    return this.#sessions.open({ account: trader, ...rest }, signature);
  }

  /** Lets only a trader in, or somebody with an API key. */
  async require(c: RequestContext, trader: Address): Promise<void> {
    if (c.get("apiKey") !== undefined || (await this.#sessions.accountOf(c)) === trader) return;
    const words = {
      en: `This is shown to ${trader} alone: sign a challenge of /challenges, hand it in at /sessions, and send its token as "authorization: Bearer …".`,
      zh: `此内容仅供 ${trader} 本人查看：请签署 /challenges 给出的挑战，提交到 /sessions，并以 “authorization: Bearer …” 发送所得令牌。`,
    };
    throw new Refusal(401, "SessionNeeded", words, { trader });
  }
}
