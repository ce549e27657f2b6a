import { type Address, type Hex, keccak256, type TransactionReceipt, TransactionReceiptNotFoundError } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { estimateGas, getBlock, getTransactionCount, getTransactionReceipt, sendRawTransaction } from "viem/actions";
import { explain, type NodeWord, nodeErrorOf, type Platform, refusalOf, type Sentence } from "../../sdk/index.ts";
import type { Log } from "../common/log.ts";
import type { Database } from "../db/database.ts";
import * as journal from "./journal.ts";
import type { TransactionRow } from "./tables.ts";

/** Moments at which the process may die; the journal says where to go on. */
export type JournalPoint = "planned" | "signed" | "sent" | "sentWritten" | "sealed" | "sealedWritten";

/** A call of a contract. */
export interface Call {
  to: Address;
  data: Hex;
}

/** What became of a transaction: the chain has it, or another one took its nonce. */
export type Fate = { state: "sealed" | "reverted"; receipt: TransactionReceipt } | { state: "lost" };

export interface SenderParts {
  db: Database;
  platform: Platform;
  log: Log;
  accounts: readonly PrivateKeyAccount[];
  /** Whose transactions of the journal these are. */
  purpose: string;
  /** Transactions that one key may have under way. */
  mostUnderWay: number;
  /** What the network gives to one transaction. */
  transactionGas: number;
  /**
   * Called with what became of a transaction. `write` ends what it carried, in one database transaction with the
   * journal, and not at all if it was written before.
   */
  ended(
    row: TransactionRow,
    fate: Fate,
    write: (carried: (tx: Database) => Promise<unknown>) => Promise<void>,
  ): Promise<void>;
  /** Called at each point as it passes. */
  passed?: ((point: JournalPoint) => void) | undefined;
}

/** A transaction that nobody sealed is sent again: a node that was started over has forgotten it. */
const RESEND_MS = 10_000;
/** Times that the chain must say that another transaction took the nonce: behind a balancer one node may lag. */
const LOST_LOOKS = 3;
/** The pool has it, or the chain has it or another one of its number: the receipt will say. */
const SENT_BEFORE: readonly NodeWord[] = ["known", "nonceTooLow"];
const NO_FEE = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };

/**
 * Sends transactions of one or several keys. Each is written down signed before it is sent, so that sending it again is
 * sending the same; what it carries is ended in the journal together with it, once. A key that cannot send at the moment
 * is set aside while the others go on.
 */
export class Sender {
  readonly #parts: SenderParts;
  readonly #sentAt = new Map<Hex, number>();
  readonly #lostLooks = new Map<Hex, number>();
  /** Keys set aside, and why. */
  readonly #aside = new Map<Hex, unknown>();
  /** Why a key was set aside last, as long as it has sent nothing since. */
  readonly #lame = new Map<Hex, Sentence>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** How many transactions are under way. */
  async underWay(): Promise<number> {
    const counts = await journal.countUnderWay(this.#parts.db, this.#parts.purpose);
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Learns what became of transactions under way and sends again what was forgotten. Keys set aside may try again. */
  async follow(): Promise<void> {
    this.#aside.clear();
    const { db, purpose } = this.#parts;
    for (const row of await journal.underWay(db, purpose)) {
      const fate = await this.#fateOf(row);
      if (fate !== undefined) await this.#end(row, fate);
      else if (Date.now() - (this.#sentAt.get(row.hash) ?? 0) >= RESEND_MS) await this.#dispatch(row);
    }
  }

  /** The key with the fewest transactions under way, if it may have another one. */
  async freeAccount(): Promise<PrivateKeyAccount | undefined> {
    const { db, purpose, accounts, mostUnderWay } = this.#parts;
    const counts = await journal.countUnderWay(db, purpose);
    const load = (account: PrivateKeyAccount) => counts.get(senderOf(account)) ?? 0;
    const [least] = accounts
      .filter((account) => !this.#aside.has(senderOf(account)))
      .sort((left, right) => load(left) - load(right));
    return least !== undefined && load(least) < mostUnderWay ? least : undefined;
  }

  /** Leaves a key alone until transactions are followed next. */
  setAside(sender: Address, error: unknown): void {
    const key = sender.toLowerCase() as Hex;
    const reason = explain(error);
    if (this.#lame.get(key)?.en !== reason) this.#parts.log.warn({ sender, reason }, "a key is set aside");
    this.#lame.set(key, { en: reason, zh: explain(error, "zh") });
    this.#aside.set(key, error);
  }

  /** Keys that were set aside and have sent nothing since, with the reason. */
  get lame(): ReadonlyMap<Address, Sentence> {
    return this.#lame;
  }

  /** Throws what keeps the keys from sending, if it keeps all of them. */
  requireKey(): void {
    if (!this.#parts.accounts.every((account) => this.#aside.has(senderOf(account)))) return;
    for (const error of this.#aside.values()) throw error;
  }

  /** What a transaction may use at most. */
  async gasLimit(): Promise<bigint> {
    const { gasLimit } = await getBlock(this.#parts.platform.client);
    const ofOne = BigInt(this.#parts.transactionGas);
    return gasLimit < ofOne ? gasLimit : ofOne;
  }

  /**
   * The gas to send a call with; undefined if it is more than a transaction may use. Throws what the chain refuses, and
   * what the node does, which says nothing of the call.
   */
  async gasFor(account: PrivateKeyAccount, call: Call, limit: bigint): Promise<bigint | undefined> {
    try {
      const asked = { account: account.address, ...call, ...NO_FEE };
      const needed = await estimateGas(this.#parts.platform.client, asked as never);
      const ample = (needed * 5n) / 4n + 500_000n;
      if (ample <= limit) return ample;
      return needed + 500_000n <= limit ? limit : undefined;
    } catch (error) {
      if (refusalOf(error)?.name === "BoundedCall_TooLittleGas" || wordOf(error) === "tooMuchGas") return undefined;
      throw error;
    }
  }

  /** Signs a call, writes it down together with what it carries, and sends it. */
  async send(
    account: PrivateKeyAccount,
    { subject, gas, ...call }: Call & { subject: string; gas: bigint },
    carry: (tx: Database, id: number) => Promise<unknown>,
  ): Promise<void> {
    const { db, platform, purpose } = this.#parts;
    const { client } = platform;
    const sender = senderOf(account);
    const onChain = await getTransactionCount(client, { address: sender, blockTag: "latest" });
    const nonce = Math.max(onChain, (await journal.nextNonce(db, sender)) ?? 0);
    const raw = await account.signTransaction({
      ...{ type: "eip1559", chainId: client.chain.id, nonce, gas, ...call, ...NO_FEE },
    });
    this.#pass("planned");
    const signed = { purpose, subject, sender, nonce, raw, hash: keccak256(raw) };
    const row = await journal.writeSigned(db, signed, carry);
    this.#pass("signed");
    await this.#dispatch(row);
  }

  async #dispatch(row: TransactionRow): Promise<void> {
    const { db, platform, log } = this.#parts;
    if (this.#aside.has(row.sender)) return;
    try {
      await sendRawTransaction(platform.client, { serializedTransaction: row.raw });
    } catch (error) {
      const word = wordOf(error);
      if (word === undefined || !SENT_BEFORE.includes(word)) return this.setAside(row.sender, error);
      log.debug({ transaction: row.id, reason: explain(error) }, "sent before");
    }
    this.#pass("sent");
    this.#lame.delete(row.sender);
    this.#sentAt.set(row.hash, Date.now());
    await journal.writeSent(db, row.id);
    this.#pass("sentWritten");
  }

  async #end(row: TransactionRow, fate: Fate): Promise<void> {
    const { db, log, ended } = this.#parts;
    const { id, subject, hash } = row;
    if (fate.state === "lost") {
      const end = { state: fate.state, reason: "another transaction of the sender took its nonce" };
      await ended(row, fate, (carried) => journal.writeEnd(db, id, end, carried));
    } else {
      const { state, receipt } = fate;
      this.#pass("sealed");
      const end = { state, gasUsed: Number(receipt.gasUsed), block: Number(receipt.blockNumber) };
      await ended(row, fate, (carried) => journal.writeEnd(db, id, end, carried));
      this.#pass("sealedWritten");
    }
    this.#sentAt.delete(hash);
    this.#lostLooks.delete(hash);
    log.info({ transaction: id, subject, hash, state: fate.state }, "ended");
  }

  /** Undefined while it is not known. */
  async #fateOf({ hash, sender, nonce }: TransactionRow): Promise<Fate | undefined> {
    const before = await this.#receipt(hash);
    if (before !== undefined) return fateBy(before);
    const count = await getTransactionCount(this.#parts.platform.client, { address: sender, blockTag: "latest" });
    if (count <= nonce) {
      this.#lostLooks.delete(hash);
      return undefined;
    }
    // It may have been sealed since the first look; else somebody else uses the key.
    const since = await this.#receipt(hash);
    if (since !== undefined) return fateBy(since);
    const looks = (this.#lostLooks.get(hash) ?? 0) + 1;
    this.#lostLooks.set(hash, looks);
    return looks < LOST_LOOKS ? undefined : { state: "lost" };
  }

  async #receipt(hash: Hex): Promise<TransactionReceipt | undefined> {
    try {
      return await getTransactionReceipt(this.#parts.platform.client, { hash });
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return undefined;
      throw error;
    }
  }

  #pass(point: JournalPoint): void {
    this.#parts.passed?.(point);
  }
}

/** What a node refused with, if it did. */
function wordOf(error: unknown): NodeWord | undefined {
  const found = nodeErrorOf(error);
  return found?.kind === "refused" ? found.word : undefined;
}

const senderOf = ({ address }: PrivateKeyAccount) => address.toLowerCase() as Hex;

function fateBy(receipt: TransactionReceipt): Fate {
  return { state: receipt.status === "success" ? "sealed" : "reverted", receipt };
}
