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
import { type Asking, Challenges } from "./challenges.ts";
import { Refusal } from "./refusal.ts";

/** Roles are granted and taken away by people. */
const ROLE_MS = 5_000;

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
  readonly #challenges = new Challenges<SessionPurpose>();
  readonly #platform: Platform;
  readonly #holds: Cached<string, boolean>;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#holds = new Cached(ROLE_MS, (key) => this.#readRole(key));
  }

  challenge(trader: Address, purpose: SessionPurpose): Challenge {
    return { trader, purpose, ...this.#challenges.ask(trader, purpose) };
  }

  async open(challenge: Challenge, signature: Hex): Promise<{ token: string; expiry: number; roles: DeskRole[] }> {
    const { trader, purpose } = challenge;
    this.#challenges.requireAsked(trader, purpose, challenge);
    const digest = challengeDigest(challenge, marketOf(this.#platform));
    if (!(await isSigned(digest, signature, trader, this.#platform.client))) throw notSigned(trader);
    const roles = purpose === "desk" ? await this.#rolesOf(trader) : [];
    if (purpose === "desk" && roles.length === 0) throw noRole(trader);
    return { ...(await this.#challenges.admit(trader, purpose)), roles };
  }

  /** Lets only a trader in, or somebody with an API key. */
  async require(c: Asking & { get(name: "apiKey"): string | undefined }, trader: Address): Promise<void> {
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
  accountOf(c: Asking, purpose: SessionPurpose): Promise<Address | undefined> {
    return this.#challenges.accountOf(c, purpose);
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
}

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
