import { eq } from "drizzle-orm";
import type { Log as ChainLog, Hex } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { encodeFunctionData } from "viem/utils";
import { buildRound, contractOf, nodeErrorOf, type Platform, refusalOf, type Sold } from "../../../sdk/index.ts";
import type { Log } from "../../common/log.ts";
import type { Database } from "../../db/database.ts";
import { type Call, type JournalPoint, Sender, type SenderParts } from "../../sending/sender.ts";
import type { ChainView } from "../chainView.ts";
import { type EventHub, publishFill } from "../events/hub.ts";
import type { ExchangeMetrics } from "../metrics.ts";
import { signedOrderOf } from "../orders/store.ts";
import { roundsToClearAgain } from "../rounds/again.ts";
import { type LegRow, legs, type OrderRow, type RoundRow, rounds } from "../tables.ts";
import * as journal from "./journal.ts";
import { freshFill, judge } from "./judge.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import { type PlannedLeg, salesOf } from "./plan.ts";
import { legKey, Positions } from "./positions.ts";
import { Queue } from "./queue.ts";

export interface SubmitterParts {
  db: Database;
  platform: Platform;
  view: ChainView;
  accounts: readonly PrivateKeyAccount[];
  hub: EventHub;
  metrics: ExchangeMetrics;
  log: Log;
  /** What the network gives to one transaction. */
  transactionGas: number;
  /** Called at each point as it passes. */
  passed?: (point: JournalPoint) => void;
}

/** Legs that go into one transaction, with their orders, out of all that wait. */
interface Chosen {
  chosen: readonly PlannedLeg[];
  rows: ReadonlyMap<Hex, OrderRow>;
  queue: Queue;
}

/** Whose rows of the journal are the exchange's. */
export const PURPOSE = "round";
/** What Besu's pool takes of one sender. */
const MOST_UNDER_WAY = 5;
/** Of the gas this much is planned with: what a leg costs is known only once it is tried. */
const PLANNED_PERCENT = 80n;
/** Refusals of a whole round that waiting does not resolve. */
const FINAL = new Set(["TradeEscrow_GateClosed", "TradeEscrow_NotInCharge"]);
/** The key lacks the role: another one may have it. */
const OF_THE_KEY = "AccessManagedUnauthorized";

/**
 * Opens on the chain what rounds cleared. Transactions under way never touch the same order or meter, and the chain takes
 * each fill once: nothing trades twice.
 */
export class Submitter {
  readonly #parts: SubmitterParts;
  readonly #positions: Positions;
  readonly #sender: Sender;

  constructor(parts: SubmitterParts) {
    const { db, platform, log, accounts, transactionGas, passed } = parts;
    this.#parts = parts;
    this.#positions = new Positions(platform);
    this.#sender = new Sender({
      ...{ db, platform, log, accounts, transactionGas, passed, purpose: PURPOSE, mostUnderWay: MOST_UNDER_WAY },
      ended: (...end) => this.#ended(...end),
    });
  }

  /** Keys that cannot send, with the reason. */
  get lame() {
    return this.#sender.lame;
  }

  /** Takes every step that can be taken now; whether anything is left to do. */
  async step(): Promise<boolean> {
    const { db, metrics } = this.#parts;
    await this.#sender.follow();
    const refused = await this.#submit();
    await this.#finishRounds();
    const [left, waiting] = [await this.#sender.underWay(), await db.$count(legs, eq(legs.state, "pending"))];
    metrics.inFlight.set(left);
    metrics.pendingLegs.set(waiting);
    // Reported once all that could go on went on.
    this.#sender.requireKey();
    for (const error of refused) throw error;
    return left + waiting > 0;
  }

  #ended: SenderParts["ended"] = async ({ id }, fate, write) => {
    const { db, view, metrics } = this.#parts;
    if (fate.state === "lost") return write((tx) => journal.writeLost(tx, id));
    const carried = await journal.legsOf(db, id);
    metrics.gas.inc(Number(fate.receipt.gasUsed));
    if (fate.state === "reverted") return write((tx) => journal.writeUndone(tx, carried));
    const rows = await journal.ordersOf(db, carried);
    const outcome = readOutcome(carried, rows, fate.receipt.logs as ChainLog[]);
    const skips = await Promise.all(outcome.skipped.map((skip) => judge(skip, rows, view)));
    await write((tx) => journal.writeOutcome(tx, outcome, skips));
    this.#publish(outcome.filled, rows);
    metrics.legs.inc({ outcome: "opened" }, outcome.opened.length);
    for (const { reason } of outcome.skipped) metrics.legs.inc({ outcome: reason });
  };

  /** Sends what can be sent now; what chain or node refuse whole rounds for. */
  async #submit(): Promise<unknown[]> {
    const { db } = this.#parts;
    const refused: unknown[] = [];
    const queue = new Queue(await journal.legsIn(db, "pending"), await journal.legsIn(db, "submitted"));
    for (const number of await roundsToClearAgain(db)) queue.dropRound(number);
    if (queue.isEmpty) return refused;
    const limit = await this.#sender.gasLimit();
    for (;;) {
      const account = await this.#sender.freeAccount();
      const chosen = account === undefined ? [] : queue.next(Number((limit * PLANNED_PERCENT) / 100n));
      if (account === undefined || chosen.length === 0) return refused;
      // What its trader took back since it was cleared is not opened.
      const rows = await journal.ordersOf(db, chosen);
      const isBack = (hash: Hex) => rows.get(hash)?.state === "cancelled";
      const back = chosen.filter(({ sellOrder, buyOrder }) => isBack(sellOrder) || isBack(buyOrder));
      if (back.length > 0) {
        await journal.writeSkipped(db, back, "Cancelled");
        queue.drop(back);
        continue;
      }
      try {
        await this.#send(account, limit, { chosen, rows, queue });
      } catch (error) {
        // What waits is read again in the next step.
        if (error instanceof journal.NotWaiting) return refused;
        const refusal = refusalOf(error)?.name;
        const { round } = chosen[0]!;
        if (refusal === undefined) {
          // Where nobody answers, or the fault is our own, the other rounds fare no better.
          if (nodeErrorOf(error)?.kind !== "refused") throw error;
          refused.push(error);
          queue.dropRound(round);
          continue;
        }
        if (refusal === OF_THE_KEY) this.#sender.setAside(account.address, error);
        else if (FINAL.has(refusal)) {
          await journal.writeSkipped(db, chosen, refusal.replace("TradeEscrow_", ""));
          queue.drop(chosen);
        } else {
          refused.push(error);
          queue.dropRound(round);
        }
      }
    }
  }

  /** Signs and sends as many of the legs as the gas allows. */
  async #send(account: PrivateKeyAccount, limit: bigint, { chosen, rows, queue }: Chosen): Promise<void> {
    const { db, platform } = this.#parts;
    const whole = await journal.wholeLegs(db, chosen);
    const [round] = (await db.select().from(rounds).where(eq(rounds.number, chosen[0]!.round))) as [RoundRow];
    const { sold, trades } = await this.#positions.proved(
      round.day,
      whole.map(({ sellerMeter }) => sellerMeter),
    );
    const opened = whole.flatMap((leg) => {
      const trade = trades.get(legKey(leg));
      return trade === undefined ? [] : [{ leg, trade }];
    });
    if (opened.length > 0) return this.#find(opened, { chosen, rows, queue });
    for (let count = chosen.length; count > 0; count >>= 1) {
      const some = chosen.slice(0, count);
      const data = this.#calldata(round, whole.slice(0, count), rows, sold);
      const call = { to: platform.addresses.TradeEscrow, data };
      const gas = await this.#gasFor(account, call, { limit, isLast: count === 1 });
      if (gas === undefined) continue;
      const carry = (tx: Database, id: number) => journal.writeSubmitted(tx, id, some);
      await this.#sender.send(account, { ...call, gas, subject: String(round.number) }, carry);
      return queue.send(some);
    }
    const alone = chosen.slice(0, 1);
    await journal.writeSkipped(db, alone, "TooMuchGas");
    queue.drop(alone);
  }

  /** Besu calls it an internal error when a call needs more gas than it gives: whether less of it works is tried first. */
  async #gasFor(account: PrivateKeyAccount, call: Call, { limit, isLast }: { limit: bigint; isLast: boolean }) {
    try {
      return await this.#sender.gasFor(account, call, limit);
    } catch (error) {
      if (isLast || nodeErrorOf(error)?.kind !== "refused") throw error;
      return undefined;
    }
  }

  /** What the chain has opened is not sent again, whatever became of the transaction that carried it. */
  async #find(opened: Outcome["opened"], { chosen, rows, queue }: Chosen): Promise<void> {
    const { db, view, metrics, log } = this.#parts;
    const ids = new Set(opened.map(({ leg }) => leg.id));
    const found = chosen.filter(({ id }) => ids.has(id));
    const filled = await Promise.all(journal.hashesOf(found).map((hash) => freshFill(rows.get(hash)!, view)));
    await db.transaction((tx) => journal.writeOutcome(tx, { opened, skipped: [], filled }, []));
    this.#publish(filled, rows);
    queue.drop(found);
    metrics.legs.inc({ outcome: "opened" }, opened.length);
    log.warn({ trades: opened.map(({ trade }) => trade) }, "opened before");
  }

  #calldata(
    round: RoundRow,
    chosen: readonly LegRow[],
    rows: ReadonlyMap<Hex, OrderRow>,
    sold: ReadonlyMap<bigint, Sold>,
  ): Hex {
    const signed = new Map([...rows].map(([hash, row]) => [hash, signedOrderOf(row)]));
    const input = {
      round: BigInt(round.number),
      day: round.day,
      paymentDays: round.paymentDays,
      continuous: round.matching === "continuous",
      prices: [{ zone: round.zone, price: round.price }],
      sales: salesOf(chosen).map(([sell, legs]) => ({
        sell: signed.get(sell)!,
        sold: sold.get(legs[0]!.sellerMeter),
        legs: legs.map(({ buyOrder, energy }) => ({ buy: signed.get(buyOrder)!, energy })),
      })),
    };
    const { abi } = contractOf(this.#parts.platform, "TradeEscrow");
    return encodeFunctionData({ abi, functionName: "openRound", args: [buildRound(input)] });
  }

  #publish(filled: Outcome["filled"], rows: ReadonlyMap<Hex, OrderRow>): void {
    for (const fill of filled) {
      const row = rows.get(fill.hash);
      if (row !== undefined) publishFill(this.#parts.hub, row, fill);
    }
  }

  async #finishRounds(): Promise<void> {
    const { db, hub, view } = this.#parts;
    const finished = await journal.finishRounds(db);
    if (finished.length > 0) view.forget();
    for (const { number, zone, day } of finished) {
      hub.publish({ topic: "round", zone, day, data: { round: number, state: "submitted" } });
    }
  }
}
