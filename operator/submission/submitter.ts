import { eq } from "drizzle-orm";
import type { Log as ChainLog, Hex } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { encodeFunctionData } from "viem/utils";
import { buildRound, contractOf, formatDay, type Platform, refusalOf } from "../../sdk/index.ts";
import type { ChainView } from "../chain/view.ts";
import type { Database } from "../db/database.ts";
import { type LegRow, legs, type RoundRow, rounds } from "../db/schema.ts";
import type { EventHub } from "../events/hub.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { signedOrderOf } from "../orders/store.ts";
import { type JournalPoint, Sender, type SenderParts } from "../sending/sender.ts";
import * as journal from "./journal.ts";
import { judge } from "./judge.ts";
import { readOutcome } from "./outcome.ts";
import { planBatch, salesOf } from "./plan.ts";
import { Positions } from "./positions.ts";

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
const MOST_UNDER_WAY = 5;
/** Of the gas this much is planned with: what a leg costs is known only once it is tried. */
const PLANNED_PERCENT = 80n;
/** Refusals of a whole round that waiting does not mend. */
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
      ...{ db, platform, log, accounts, transactionGas, passed, purpose: "round", mostUnderWay: MOST_UNDER_WAY },
      ended: (...end) => this.#ended(...end),
    });
  }

  /** Takes every step that can be taken now; whether anything is left to do. */
  async step(): Promise<boolean> {
    const { db, metrics } = this.#parts;
    await this.#sender.follow();
    const refused = new Map<number, unknown>();
    while (await this.#submitNext(refused)) {}
    await this.#finishRounds();
    const [left, waiting] = [await this.#sender.underWay(), await db.$count(legs, eq(legs.state, "pending"))];
    metrics.inFlight.set(left.length);
    metrics.pendingLegs.set(waiting);
    // Told once all that could go on went on.
    this.#sender.requireKey();
    for (const error of refused.values()) throw error;
    return left.length + waiting > 0;
  }

  #ended: SenderParts["ended"] = async ({ id, hash }, fate, write) => {
    const { db, view, hub, metrics } = this.#parts;
    if (fate.state === "lost") return write((tx) => journal.writeLost(tx, id));
    const carried = await journal.legsOf(db, id);
    metrics.gas.inc(Number(fate.receipt.gasUsed));
    if (fate.state === "reverted") return write((tx) => journal.writeUndone(tx, carried));
    const rows = await journal.ordersOf(db, carried);
    const outcome = readOutcome(carried, rows, fate.receipt.logs as ChainLog[]);
    const skips = await Promise.all(outcome.skipped.map((skip) => judge(skip, rows, view)));
    await write((tx) => journal.writeOutcome(tx, outcome, skips));
    metrics.legs.inc({ outcome: "opened" }, outcome.opened.length);
    for (const { reason } of outcome.skipped) metrics.legs.inc({ outcome: reason });
    for (const { leg, trade } of outcome.opened) {
      hub.tell({
        topic: "trade",
        data: { trade: String(trade), state: "opened", round: leg.round, transaction: hash },
      });
    }
  };

  /** Signs and sends the next transaction; false if there is none that could be sent now. */
  async #submitNext(refused: Map<number, unknown>): Promise<boolean> {
    const { db } = this.#parts;
    const account = await this.#sender.freeAccount();
    if (account === undefined) return false;
    const legs = (await journal.waitingLegs(db)).filter(({ round }) => !refused.has(round));
    const waiting = await this.#withoutCancelled(legs);
    if (waiting.length === 0) return false;
    const limit = await this.#sender.gasLimit();
    let chosen = planBatch(waiting, await journal.busyWith(db), Number((limit * PLANNED_PERCENT) / 100n));
    const undone = Math.max(0, ...chosen.map(({ attempts }) => attempts));
    chosen = chosen.slice(0, Math.max(1, chosen.length >> undone));
    while (chosen.length > 0) {
      const { round } = chosen[0]!;
      const call = { to: this.#parts.platform.addresses.TradeEscrow, data: await this.#calldata(chosen) };
      try {
        const gas = await this.#sender.gasFor(account, call, limit);
        if (gas !== undefined) {
          const carried = chosen;
          const carry = (tx: Database, id: number) => journal.writeSubmitted(tx, id, carried);
          await this.#sender.send(account, { ...call, gas, subject: String(round) }, carry);
          return true;
        }
      } catch (error) {
        const refusal = refusalOf(error)?.name;
        if (refusal === undefined) throw error;
        if (refusal === OF_THE_KEY) this.#sender.leaveAside(account.address, error);
        else if (FINAL.has(refusal)) await journal.writeSkipped(db, chosen, refusal.replace("TradeEscrow_", ""));
        else refused.set(round, error);
        return true;
      }
      if (chosen.length === 1) {
        await journal.writeSkipped(db, chosen, "TooMuchGas");
        return true;
      }
      chosen = chosen.slice(0, chosen.length >> 1);
    }
    return false;
  }

  /** Legs of orders that their traders took back meanwhile are not opened. */
  async #withoutCancelled(waiting: readonly LegRow[]): Promise<LegRow[]> {
    const { db } = this.#parts;
    const rows = await journal.ordersOf(db, waiting);
    const isCancelled = (hash: Hex) => rows.get(hash)?.state === "cancelled";
    const back = waiting.filter(({ sellOrder, buyOrder }) => isCancelled(sellOrder) || isCancelled(buyOrder));
    await journal.writeSkipped(db, back, "Cancelled");
    return waiting.filter((leg) => !back.includes(leg));
  }

  async #calldata(chosen: readonly LegRow[]): Promise<Hex> {
    const { db, platform } = this.#parts;
    const [round] = (await db.select().from(rounds).where(eq(rounds.number, chosen[0]!.round))) as [RoundRow];
    const rows = await journal.ordersOf(db, chosen);
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

  async #finishRounds(): Promise<void> {
    const { db, hub, view } = this.#parts;
    const finished = await journal.finishRounds(db);
    if (finished.length > 0) view.forget();
    for (const { number, zone, day } of finished) {
      hub.tell({ topic: "round", zone, day: formatDay(day), data: { round: number, state: "submitted" } });
    }
  }
}
