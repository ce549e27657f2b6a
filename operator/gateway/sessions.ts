import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sign, verify } from "hono/jwt";
import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import {
  type Challenge,
  challengeDigest,
  contractOf,
  isSigned,
  marketOf,
  type Platform,
  ROLES,
  type RoleName,
  type SessionPurpose,
} from "../../sdk/index.ts";
import { Cached } from "../chain/cached.ts";
import { Refusal } from "./refusal.ts";

/** Seconds within which a challenge is signed, and for which somebody is then known. */
const TO_SIGN = 300;
const KNOWN = 3_600;
const ALGORITHM = "HS256";
/** Roles are granted and taken away by people. */
const ROLE_MS = 5_000;

/** What is looked at of a request. */
interface Asking {
  req: { header(name: string): string | undefined };
  get(name: "apiKey"): string | undefined;
}

/** Roles whose holders are people who work at a desk. */
export const DESK_ROLES = [
  ...["MARKET_OPERATOR", "METER_OPERATOR", "REGISTRAR", "COMPLIANCE", "RULE_MAKER", "ARBITER", "GUARDIAN"],
] as const satisfies readonly RoleName[];
export type DeskRole = (typeof DESK_ROLES)[number];

/**
 * Who somebody is, by an account: it signs a challenge, and is known by a token for an hour. Nothing of it is kept. What is
 * signed says whether a trader is shown its own, or somebody works at the desk, which the account's roles on chain allow.
 */
export class Sessions {
  /** Of this process: who was known to another one signs again. */
  readonly #secret = randomBytes(32).toString("hex");
  readonly #platform: Platform;
  readonly #holds: Cached<string, boolean>;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#holds = new Cached(ROLE_MS, (key) => this.#readRole(key));
  }

  challenge(trader: Address, purpose: SessionPurpose): Challenge {
    const expiry = now() + TO_SIGN;
    return { trader, purpose, expiry, challenge: this.#challengeFor(trader, purpose, expiry) };
  }

  async open(challenge: Challenge, signature: Hex): Promise<{ token: string; expiry: number; roles: DeskRole[] }> {
    const { trader, purpose, expiry } = challenge;
    const own = Buffer.from(this.#challengeFor(trader, purpose, expiry).slice(2), "hex");
    const isOwn = timingSafeEqual(own, Buffer.from(challenge.challenge.slice(2), "hex"));
    if (!isOwn || expiry < now()) throw CHALLENGE_OVER;
    const digest = challengeDigest(challenge, marketOf(this.#platform));
    if (!(await isSigned(digest, signature, trader, this.#platform.client))) throw notSigned(trader);
    const roles = purpose === "desk" ? await this.#rolesOf(trader) : [];
    if (purpose === "desk" && roles.length === 0) throw noRole(trader);
    const until = now() + KNOWN;
    return {
      token: await sign({ sub: trader, aud: purpose, exp: until }, this.#secret, ALGORITHM),
      expiry: until,
      roles,
    };
  }

  /** Lets only a trader in, or somebody with an API key. */
  async require(c: Asking, trader: Address): Promise<void> {
    if (c.get("apiKey") !== undefined || (await this.accountOf(c, "ownOrders")) === trader) return;
    const words = {
      en: `This is shown to ${trader} alone: sign a challenge of /challenges, hand it in at /sessions, and send its token as "authorization: Bearer …".`,
      zh: `此内容仅供 ${trader} 本人查看：请签署 /challenges 给出的挑战，提交到 /sessions，并以 “authorization: Bearer …” 发送所得令牌。`,
    };
    throw new Refusal(401, "SessionNeeded", words, { trader });
  }

  /** The account of a session of the desk that holds one of some roles now; undefined if the message carries none. */
  async deskOf(c: Asking, roles: readonly DeskRole[]): Promise<Address | undefined> {
    const account = await this.accountOf(c, "desk");
    if (account === undefined) return undefined;
    const held = await Promise.all(roles.map((role) => this.#holds.get(`${role} ${account}`)));
    return held.includes(true) ? account : undefined;
  }

  /** Whose token a message carries, if it was given for a purpose and is still good. */
  async accountOf(c: Asking, purpose: SessionPurpose): Promise<Address | undefined> {
    const [scheme = "", token = ""] = (c.req.header("authorization") ?? "").split(" ");
    if (scheme.toLowerCase() !== "bearer" || token === "") return undefined;
    const known = await verify(token, this.#secret, ALGORITHM).catch(() => undefined);
    return known?.aud === purpose ? (known.sub as Address) : undefined;
  }

  /** A role may just have been granted to who signs in. */
  async #rolesOf(account: Address): Promise<DeskRole[]> {
    this.#holds.clear();
    const held = await Promise.all(DESK_ROLES.map((role) => this.#holds.get(`${role} ${account}`)));
    return DESK_ROLES.filter((_, index) => held[index]);
  }

  async #readRole(key: string): Promise<boolean> {
    const [role, account] = key.split(" ") as [DeskRole, Address];
    const manager = contractOf(this.#platform, "AccessManager");
    const args = [ROLES[role], account] as const;
    const [holds] = await readContract(this.#platform.client, { ...manager, functionName: "hasRole", args });
    return holds;
  }

  #challengeFor(trader: Address, purpose: SessionPurpose, expiry: number): Hex {
    return `0x${createHmac("sha256", this.#secret).update(`${purpose} ${trader} ${expiry}`).digest("hex")}`;
  }
}

const now = () => Math.floor(Date.now() / 1000);

const CHALLENGE_OVER = new Refusal(401, "ChallengeOver", {
  en: "This is no challenge of this service, or its five minutes are over: ask for another one and sign that.",
  zh: "该挑战并非本服务签发，或已超过五分钟：请重新获取并签署。",
});

function notSigned(trader: Address): Refusal {
  const words = {
    en: `${trader} did not sign this challenge: sign it with the key of that account.`,
    zh: `${trader} 未签署该挑战：请用该账户的密钥签署。`,
  };
  return new Refusal(422, "InvalidSignature", words, { signer: trader });
}

function noRole(account: Address): Refusal {
  const words = {
    en: `${account} holds no role of this market, so no desk is open to it: have the role granted, or choose the account that holds it.`,
    zh: `${account} 在本市场没有任何角色，不能进入工作台：请先获得角色，或改用持有角色的账户。`,
  };
  return new Refusal(401, "NoRole", words, { account });
}
