import { and, eq, inArray, sql } from "drizzle-orm";
import {
  type Log as ChainLog,
  type Hex,
  keccak256,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { estimateGas, getBlock, getTransactionCount, getTransactionReceipt, sendRawTransaction } from "viem/actions";
import { encodeFunctionData } from "viem/utils";
import {
  buildRound,
  contractOf,
  explain,
  formatDay,
  type Platform,
  readFill,
  refusalOf,
  type SkipReason,
} from "../../sdk/index.ts";
import { admit } from "../admission/admit.ts";
import type { ChainView } from "../chain/view.ts";
import type { Database } from "../db/database.ts";
import {
  type LegRow,
  legs,
  type OrderRow,
  orders,
  type RoundRow,
  rounds,
  type SubmissionRow,
  submissions,
} from "../db/schema.ts";
import type { EventHub } from "../events/hub.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { signedOrderOf } from "../orders/store.ts";
import { Refusal } from "../refusal.ts";
import * as journal from "./journal.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import { planBatch, salesOf } from "./plan.ts";
import { Positions } from "./positions.ts";

/** Moments at which the process may die; the journal says where to go on. */
export type JournalPoint = "planned" | "signed" | "sent" | "sentWritten" | "sealed" | "sealedWritten";

export interface SubmitterParts {
  db: Database;
  platform: Platform;
  view: ChainView;
  accounts: readonly PrivateKeyAccount[];
  hub: EventHub;
  metrics: Metrics;
  log: Log;
  /** What the network gives to one transaction. */
  transactionGas: number;
  /** Told of each point as it passes. */
  passed?: (point: JournalPoint) => void;
}

/** What Besu's pool takes of one sender. */
const IN_FLIGHT = 5;
/** Of which this much is planned with: what a leg costs is known only once it is tried. */
const PLANNED_PERCENT = 80n;
/** A transaction that nobody sealed is sent again: a node that was started over has forgotten it. */
const RESEND_MS = 10_000;
/** Times that the chain must say that another transaction took the nonce: behind a balancer one node may lag. */
const LOST_LOOKS = 3;
/** A leg whose fill or position moved is built anew this often. */
const MOST_ATTEMPTS = 5;
const MOVED: readonly SkipReason[] = ["StaleFill", "StalePosition"];

/**
 * Opens on the chain what rounds cleared. Every step stands in the journal before and after it is taken; a transaction is
 * written down signed, so that sending it again is sending the same. Transactions under way never touch the same order or
 * meter, and the chain takes each fill once: nothing trades twice.
 */
export class Submitter {
  readonly #parts: SubmitterParts;
  readonly #positions: Positions;
  readonly #sentAt = new Map<Hex, number>();
  readonly #lostLooks = new Map<Hex, number>();

  constructor(parts: SubmitterParts) {
    this.#parts = parts;
    this.#positions = new Positions(parts.platform);
  }

  /** Takes every step that can be taken now; whether anything is left to do. */
  async step(): Promise<boolean> {
    const { db, metrics } = this.#parts;
    for (const submission of await journal.underWay(db)) await this.#follow(submission);
    const refused = new Map<number, unknown>();
    while (await this.#submitNext(refused)) {}
    await this.#finishRounds();
    const [left, waiting] = [await journal.underWay(db), await db.$count(legs, eq(legs.state, "pending"))];
    metrics.inFlight.set(left.length);
    metrics.pendingLegs.set(waiting);
    // Told once all that could go on went on.
    for (const error of refused.values()) throw error;
    return left.length + waiting > 0;
  }

  // ---- what is under way

  async #follow(submission: SubmissionRow): Promise<void> {
    const receipt = await this.#receipt(submission.hash);
    if (receipt !== undefined) return this.#seal(submission, receipt);
    if (await this.#isLost(submission)) {
      await journal.writeLost(this.#parts.db, submission.id);
      return;
    }
    const sentAt = this.#sentAt.get(submission.hash) ?? 0;
    if (Date.now() - sentAt >= RESEND_MS) await this.#send(submission);
  }

  async #send(submission: SubmissionRow): Promise<void> {
    const { db, platform, log } = this.#parts;
    try {
      await sendRawTransaction(platform.client, { serializedTransaction: submission.transaction });
    } catch (error) {
      // The pool has it, the chain has it, or others come first: the receipt will say.
      if (!/known|nonce|already/i.test(nodeMessage(error))) throw error;
      log.debug({ submission: submission.id, reason: explain(error) }, "sent before");
    }
    this.#pass("sent");
    this.#sentAt.set(submission.hash, Date.now());
    await journal.writeSent(db, submission.id);
    this.#pass("sentWritten");
  }

  async #seal(submission: SubmissionRow, receipt: TransactionReceipt): Promise<void> {
    const { db, metrics, log } = this.#parts;
    this.#pass("sealed");
    const carried = await journal.legsOf(db, submission.id);
    const end = { gasUsed: Number(receipt.gasUsed), block: Number(receipt.blockNumber), endedAt: new Date() };
    if (receipt.status === "reverted") {
      await this.#undo(submission, carried, end);
    } else {
      const rows = await journal.ordersByHash(
        db,
        carried.flatMap(({ sellOrder, buyOrder }) => [sellOrder, buyOrder]),
      );
      const outcome = readOutcome(carried, rows, receipt.logs as ChainLog[]);
      const skips = await Promise.all(outcome.skipped.map((skip) => this.#judge(skip, rows)));
      await this.#write(submission, outcome, skips, end);
      metrics.legs.inc({ outcome: "opened" }, outcome.opened.length);
      for (const { reason } of outcome.skipped) metrics.legs.inc({ outcome: reason });
    }
    metrics.gas.inc(Number(receipt.gasUsed));
    this.#sentAt.delete(submission.hash);
    this.#lostLooks.delete(submission.hash);
    log.info(
      { submission: submission.id, round: submission.round, hash: submission.hash, status: receipt.status },
      "sealed",
    );
    this.#pass("sealedWritten");
  }

  /** What a skipped leg comes to: it waits again where only our knowledge was old, with what the chain says now. */
  async #judge({ leg, reason }: Outcome["skipped"][number], rows: ReadonlyMap<Hex, OrderRow>): Promise<Skip> {
    const { view } = this.#parts;
    const mayTry = leg.attempts + 1 < MOST_ATTEMPTS;
    if (reason === "StalePosition" && mayTry) return { leg, again: true, reason, fresh: [] };
    const own = [leg.sellOrder, leg.buyOrder].flatMap((hash) => rows.get(hash) ?? []);
    const fresh = (await Promise.all(own.map((row) => this.#freshFill(row)))).filter((fill) => fill !== undefined);
    const isStale = fresh.some((fill) => fill.isNews && fill.state === "open");
    if (MOVED.includes(reason) || (reason === "BuyOrderSkipped" && isStale)) {
      return { leg, again: mayTry && isStale, reason, fresh };
    }
    if (reason !== "BuyOrderSkipped") return { leg, again: false, reason, fresh: [] };
    // The chain does not say what is wrong with a purchase: what would it refuse it for now?
    const buy = rows.get(leg.buyOrder);
    const cause =
      buy === undefined ? undefined : await admit(signedOrderOf(buy).order, view, 0).then(() => undefined, reasonOf);
    return { leg, again: false, reason: cause === undefined ? reason : `${reason}: ${cause}`, fresh: [] };
  }

  async #freshFill(row: OrderRow) {
    try {
      const fill = await readFill(this.#parts.platform, signedOrderOf(row).order);
      const usedFen = fill?.usedFen ?? 0n;
      const state = fill?.complete ? ("filled" as const) : row.state;
      return {
        hash: row.hash,
        filled: fill?.filled ?? null,
        usedFen,
        state,
        isNews: usedFen !== row.usedFen || state !== row.state,
      };
    } catch {
      return undefined;
    }
  }

  async #write(
    submission: SubmissionRow,
    { opened, filled }: Outcome,
    skips: readonly Skip[],
    end: Partial<SubmissionRow>,
  ) {
    const { db, hub } = this.#parts;
    await db.transaction(async (tx) => {
      const sealed = await tx
        .update(submissions)
        .set({ state: "sealed", ...end })
        .where(and(eq(submissions.id, submission.id), inArray(submissions.state, ["signed", "sent"])))
        .returning();
      // Written before: once is enough.
      if (sealed.length === 0) return;
      for (const { leg, trade } of opened) {
        await tx.update(legs).set({ state: "opened", trade }).where(eq(legs.id, leg.id));
      }
      for (const { hash, ...fill } of filled) await tx.update(orders).set(fill).where(eq(orders.hash, hash));
      for (const { leg, again, reason, fresh } of skips) {
        for (const { hash, isNews, state, filled, usedFen } of fresh) {
          if (isNews) await tx.update(orders).set({ state, filled, usedFen }).where(eq(orders.hash, hash));
        }
        const waits = { state: "pending", submission: null, attempts: leg.attempts + 1 } as const;
        await tx
          .update(legs)
          .set(again ? waits : { state: "skipped", reason })
          .where(eq(legs.id, leg.id));
        const fate = FATES[reason];
        if (fate === undefined) continue;
        await tx
          .update(orders)
          .set({ state: fate.state })
          .where(and(eq(orders.hash, leg[fate.of]), eq(orders.state, "open")));
      }
    });
    for (const { leg, trade } of opened) {
      hub.tell({
        topic: "trade",
        data: { trade: String(trade), state: "opened", round: leg.round, transaction: submission.hash },
      });
    }
  }

  /** A transaction that was undone as a whole changed nothing: its legs wait again, fewer at a time. */
  async #undo(submission: SubmissionRow, carried: readonly LegRow[], end: Partial<SubmissionRow>): Promise<void> {
    await this.#parts.db.transaction(async (tx) => {
      await tx
        .update(submissions)
        .set({ state: "reverted", ...end })
        .where(eq(submissions.id, submission.id));
      for (const { id, attempts } of carried) {
        const isLast = attempts + 1 >= MOST_ATTEMPTS;
        const waits = { state: "pending", submission: null, attempts: attempts + 1 } as const;
        await tx
          .update(legs)
          .set(isLast ? { state: "skipped", reason: "Undone" } : waits)
          .where(eq(legs.id, id));
      }
    });
  }

  async #receipt(hash: Hex): Promise<TransactionReceipt | undefined> {
    try {
      return await getTransactionReceipt(this.#parts.platform.client, { hash });
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return undefined;
      throw error;
    }
  }

  /** Another transaction may have taken the nonce, as when somebody else uses the key. */
  async #isLost({ hash, sender, nonce }: SubmissionRow): Promise<boolean> {
    const count = await getTransactionCount(this.#parts.platform.client, { address: sender, blockTag: "latest" });
    if (count <= nonce || (await this.#receipt(hash)) !== undefined) {
      this.#lostLooks.delete(hash);
      return false;
    }
    const looks = (this.#lostLooks.get(hash) ?? 0) + 1;
    this.#lostLooks.set(hash, looks);
    return looks >= LOST_LOOKS;
  }

  // ---- what comes next

  /** Signs and sends the next transaction; false if there is none that could be sent now. */
  async #submitNext(refused: Map<number, unknown>): Promise<boolean> {
    const { db } = this.#parts;
    const account = await this.#freeAccount();
    if (account === undefined) return false;
    const legs = (await journal.waitingLegs(db)).filter(({ round }) => !refused.has(round));
    const waiting = await this.#withoutCancelled(legs);
    if (waiting.length === 0) return false;
    const gasLimit = await this.#gasLimit();
    let chosen = planBatch(waiting, await journal.busyWith(db), Number((gasLimit * PLANNED_PERCENT) / 100n));
    const undone = Math.max(0, ...chosen.map(({ attempts }) => attempts));
    chosen = chosen.slice(0, Math.max(1, chosen.length >> undone));
    while (chosen.length > 0) {
      const data = await this.#calldata(chosen);
      const gas = await this.#gasOf(account, data, gasLimit);
      if (gas === "tooMuch" && chosen.length > 1) {
        chosen = chosen.slice(0, chosen.length >> 1);
        continue;
      }
      if (typeof gas === "object" && "error" in gas) {
        refused.set(chosen[0]!.round, gas.error);
        return true;
      }
      if (typeof gas !== "bigint") {
        const reason = gas === "tooMuch" ? "TooMuchGas" : gas.final;
        await journal.writeSkipped(
          db,
          chosen.map(({ id }) => id),
          reason,
        );
        return true;
      }
      await this.#sign(account, chosen, data, gas);
      return true;
    }
    return false;
  }

  async #sign(account: PrivateKeyAccount, chosen: readonly LegRow[], data: Hex, gas: bigint): Promise<void> {
    const { db, platform } = this.#parts;
    const sender = account.address.toLowerCase() as Hex;
    const onChain = await getTransactionCount(platform.client, { address: sender, blockTag: "latest" });
    const nonce = Math.max(onChain, (await journal.nextNonce(db, sender)) ?? 0);
    const transaction = await account.signTransaction({
      ...{ type: "eip1559", chainId: platform.client.chain.id, nonce, gas, to: platform.addresses.TradeEscrow, data },
      ...{ maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
    });
    this.#pass("planned");
    const row = { round: chosen[0]!.round, sender, nonce, transaction, hash: keccak256(transaction) };
    const submission = await journal.writeSigned(
      db,
      row,
      chosen.map(({ id }) => id),
    );
    this.#pass("signed");
    await this.#send(submission);
  }

  /** The key with the fewest transactions under way. */
  async #freeAccount(): Promise<PrivateKeyAccount | undefined> {
    const { db, accounts } = this.#parts;
    const under = Map.groupBy(await journal.underWay(db), ({ sender }) => sender);
    const load = (account: PrivateKeyAccount) => under.get(account.address.toLowerCase() as Hex)?.length ?? 0;
    const [least] = [...accounts].sort((a, b) => load(a) - load(b));
    return least !== undefined && load(least) < IN_FLIGHT ? least : undefined;
  }

  /** Legs of orders that their traders took back meanwhile are not opened. */
  async #withoutCancelled(waiting: readonly LegRow[]): Promise<LegRow[]> {
    const { db } = this.#parts;
    const rows = await journal.ordersByHash(
      db,
      waiting.flatMap(({ sellOrder, buyOrder }) => [sellOrder, buyOrder]),
    );
    const isCancelled = (hash: Hex) => rows.get(hash)?.state === "cancelled";
    const back = waiting.filter(({ sellOrder, buyOrder }) => isCancelled(sellOrder) || isCancelled(buyOrder));
    await journal.writeSkipped(
      db,
      back.map(({ id }) => id),
      "Cancelled",
    );
    return waiting.filter((leg) => !back.includes(leg));
  }

  async #calldata(chosen: readonly LegRow[]): Promise<Hex> {
    const { db, platform } = this.#parts;
    const [round] = (await db.select().from(rounds).where(eq(rounds.number, chosen[0]!.round))) as [RoundRow];
    const rows = await journal.ordersByHash(
      db,
      chosen.flatMap(({ sellOrder, buyOrder }) => [sellOrder, buyOrder]),
    );
    const signed = new Map([...rows].map(([hash, row]) => [hash, signedOrderOf(row)]));
    const positions = await this.#positions.of(round.day);
    const input = {
      round: BigInt(round.number),
      day: round.day,
      prices: [{ zone: round.zone, price: round.price }],
      sales: salesOf(chosen).map(([sell, legs]) => ({
        sell: signed.get(sell)!,
        position: positions.get(legs[0]!.sellerMeter),
        legs: legs.map(({ buyOrder, energy }) => ({ buy: signed.get(buyOrder)!, energy })),
      })),
    };
    const { abi } = contractOf(platform, "TradeEscrow");
    return encodeFunctionData({ abi, functionName: "openRound", args: [buildRound(input)] });
  }

  /** What the transaction needs; or that it is too much for one; or why the chain refuses the round, for good or now. */
  async #gasOf(
    account: PrivateKeyAccount,
    data: Hex,
    limit: bigint,
  ): Promise<bigint | "tooMuch" | { final: string } | { error: unknown }> {
    const { client, addresses } = this.#parts.platform;
    const call = {
      account: account.address,
      to: addresses.TradeEscrow,
      data,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
    };
    try {
      const needed = await estimateGas(client, call as never);
      const ample = (needed * 5n) / 4n + 500_000n;
      if (ample <= limit) return ample;
      return needed + 500_000n <= limit ? limit : "tooMuch";
    } catch (error) {
      const refusal = refusalOf(error)?.name;
      if (refusal !== undefined && FINAL.has(refusal)) return { final: refusal.replace("TradeEscrow_", "") };
      if (refusal === "BoundedCall_TooLittleGas") return "tooMuch";
      if (refusal !== undefined) return { error };
      if (/\bgas\b/i.test(nodeMessage(error))) return "tooMuch";
      throw error;
    }
  }

  async #gasLimit(): Promise<bigint> {
    const { gasLimit } = await getBlock(this.#parts.platform.client);
    const ofOne = BigInt(this.#parts.transactionGas);
    return gasLimit < ofOne ? gasLimit : ofOne;
  }

  /** Rounds of which nothing waits any more. */
  async #finishRounds(): Promise<void> {
    const { db, hub, view } = this.#parts;
    const finished = await db
      .update(rounds)
      .set({ state: "submitted" })
      .where(
        and(
          eq(rounds.state, "cleared"),
          sql`not exists (select 1 from legs where legs.round = ${rounds.number} and legs.state in ('pending', 'submitted'))`,
        ),
      )
      .returning();
    if (finished.length > 0) view.forget();
    for (const { number, zone, day } of finished) {
      hub.tell({ topic: "round", zone, day: formatDay(day), data: { round: number, state: "submitted" } });
    }
  }

  #pass(point: JournalPoint): void {
    this.#parts.passed?.(point);
  }
}

interface Skip {
  leg: LegRow;
  again: boolean;
  reason: string;
  fresh: (Pick<OrderRow, "hash" | "filled" | "usedFen" | "state"> & { isNews: boolean })[];
}

/** Refusals of a whole round that waiting does not mend. */
const FINAL = new Set(["TradeEscrow_GateClosed", "TradeEscrow_NotInCharge"]);

/** What a reason says of an order for good. */
const FATES: Record<string, { of: "sellOrder" | "buyOrder"; state: "cancelled" | "expired" }> = {
  Cancelled: { of: "sellOrder", state: "cancelled" },
  Expired: { of: "sellOrder", state: "expired" },
  "BuyOrderSkipped: NonceUsed": { of: "buyOrder", state: "cancelled" },
  "BuyOrderSkipped: Expired": { of: "buyOrder", state: "expired" },
};

const reasonOf = (error: unknown) => (error instanceof Refusal ? error.code : undefined);

/** What the node itself said: libraries put words of their own around it. */
function nodeMessage(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 8) return "";
  return error.cause === undefined ? error.message : nodeMessage(error.cause, depth + 1);
}
