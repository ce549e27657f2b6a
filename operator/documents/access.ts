import type { Address, Hex } from "viem";
import { envelopeHash } from "../../sdk/documents/envelope.ts";
import { documentPlaceOf } from "../../sdk/documents/place.ts";
import type { Reader } from "../../sdk/documents/readers.ts";
import { type AnchoredDocument, readDocument, readEnvelope, readReaderOf } from "../../sdk/documents/registry.ts";
import { type ReadingChallenge, readingDigest } from "../../sdk/documents/session.ts";
import { isSigned, type Platform } from "../../sdk/index.ts";
import { Challenges } from "../gateway/challenges.ts";
import type { RequestContext } from "../gateway/context.ts";
import { Refusal } from "../gateway/refusal.ts";

/** What a session here is good for. */
const READING = "documents";

/** A reader of a document, as the chain has it now. */
export interface Reading {
  document: AnchoredDocument;
  reader: Reader;
}

/** Lets those in who read a document, by a challenge that they signed and by what the chain says at this moment. */
export class Access {
  readonly #platform: Platform;
  readonly #challenges = new Challenges<typeof READING>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  challenge(account: Address): ReadingChallenge {
    return { account, ...this.#challenges.ask(account, READING) };
  }

  async open(challenge: ReadingChallenge, signature: Hex): Promise<{ token: string; expiry: number }> {
    const { account } = challenge;
    this.#challenges.requireAsked(account, READING, challenge);
    const digest = readingDigest(challenge, documentPlaceOf(this.#platform));
    if (!(await isSigned(digest, signature, account, this.#platform.client))) throw notSigned(account);
    return this.#challenges.admit(account, READING);
  }

  /** Refuses everybody who is no reader of the document; who asks without a session learns nothing of it. */
  async require(c: RequestContext, id: Hex): Promise<Reading> {
    const account = await this.#challenges.accountOf(c, READING);
    if (account === undefined) throw SESSION_NEEDED;
    const [document, reader] = await Promise.all([readDocument(this.#platform, id), this.#readerOf(account)]);
    if (document === undefined || reader === undefined || !(await readEnvelope(this.#platform, id, reader)))
      throw notReader(id);
    return { document, reader };
  }

  /** Whether an envelope is the one that the chain has for a reader now. */
  async isCurrent(document: Hex, reader: Reader, envelope: Hex): Promise<boolean> {
    return (await readEnvelope(this.#platform, document, reader))?.envelopeHash === envelopeHash(envelope);
  }

  #readerOf(account: Address): Promise<Reader | undefined> {
    return readReaderOf(this.#platform, account);
  }
}

const SESSION_NEEDED = new Refusal(401, "SessionNeeded", {
  en: 'Documents are handed to their readers alone: sign a challenge of /documents/challenges, hand it in at /documents/sessions, and send its token as "authorization: Bearer …".',
  zh: "文件仅交付其读者：请签署 /documents/challenges 给出的挑战，提交到 /documents/sessions，并以 “authorization: Bearer …” 发送所得令牌。",
});

const notSigned = (account: Address) =>
  new Refusal(
    422,
    "InvalidSignature",
    {
      en: `${account} did not sign this challenge: sign exactly what was answered, with that account.`,
      zh: `${account} 没有签署该挑战：请用该账户对返回内容原样签名。`,
    },
    { account },
  );

const notReader = (document: Hex) =>
  new Refusal(
    404,
    "NoReader",
    {
      en: `There is no document ${document} that this account reads: it is not anchored, or its owner named others.`,
      zh: `没有此账户可阅读的文件 ${document}：尚未登记，或其所有者未将您列为读者。`,
    },
    { document },
  );
