import { encodeFunctionData } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { ABIS, type Day, DujiangError, explain, type Platform, readDayTrades } from "../../sdk/index.ts";
import { Cached } from "../chain/cached.ts";
import type { ChainView } from "../chain/view.ts";
import type { Database } from "../db/database.ts";
import type { Purpose, TaskRow } from "../db/schema.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { Sender, type SenderParts } from "../sending/sender.ts";
import { discover } from "./discover.ts";
import { WORK } from "./prepare.ts";
import * as list from "./tasks.ts";
import { KEEPER_KINDS, type LookedAt, METER_KINDS, type TaskKind } from "./tasks.ts";
import type { Call, Desk } from "./work.ts";

export interface KeeperParts {
  db: Database;
  platform: Platform;
  view: ChainView;
  /** Pays nothing; any account that the network lets in may keep. */
  account: PrivateKeyAccount;
  /** What this account does: what anybody may, or report readings, which asks for the meter operator's role. */
  duty: Duty;
  metrics: Metrics;
  log: Log;
  /** What the network gives to one transaction. */
  transactionGas: number;
}
export type Duty = "keep" | "report";

const DUTIES: Record<Duty, { kinds: readonly TaskKind[]; purpose: Purpose }> = {
  keep: { kinds: KEEPER_KINDS, purpose: "task" },
  report: { kinds: METER_KINDS, purpose: "reading" },
};

/** After which a task that waits for another one is looked at again. */
const LOOK_AGAIN_SECONDS = 60;
/** How long a day's trades, read once, are good for: long enough to look at all of its meters. */
const TRADES_MS = 60_000;
/** One after the other: what a task comes to depends on what was done before. */
const MOST_UNDER_WAY = 1;

/**
 * Does what is due: finalises, settles, lapses, collects, declares defaults, frees bids. A task is done when the chain
 * says so, no matter who did it.
 */
export class Keeper {
  readonly #parts: KeeperParts;
  readonly #desk: Desk;
  readonly #sender: Sender;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    const { db, platform, log, account, duty, transactionGas } = parts;
    const trades = new Cached(TRADES_MS, (day: Day) => readDayTrades(platform, day));
    this.#desk = { db, platform, tradesOf: (day) => trades.get(day) };
    this.#sender = new Sender({
      ...{ db, platform, log, transactionGas, accounts: [account], mostUnderWay: MOST_UNDER_WAY },
      purpose: DUTIES[duty].purpose,
      ended: (...end) => this.#ended(...end),
    });
  }

  /** Takes every step that can be taken now; whether a transaction is under way. */
  async step(): Promise<boolean> {
    const { db, platform, metrics, duty, account } = this.#parts;
    const { kinds, purpose } = DUTIES[duty];
    await this.#sender.follow();
    this.#sender.requireKey();
    // What a key of before left under way keeps nobody waiting.
    if ((await this.#sender.freeAccount()) === undefined) return true;
    await list.takeBack(db, purpose, account.address);
    if (duty === "keep") await discover(db, platform);
    const now = await this.#parts.view.now();
    let isSent = false;
    while (!isSent) {
      const batch = await list.nextBatch(db, kinds, now, MOST_TASKS);
      if (batch.length === 0) break;
      isSent = await this.#take(batch, now);
    }
    metrics.waitingTasks.set({ duty }, await list.waitingCount(db, kinds, now));
    return isSent;
  }

  #ended: SenderParts["ended"] = async (row, { state }, write) => {
    await write((tx) => list.writeReturned(tx, row, state));
    if (state !== "lost") this.#parts.metrics.errands.inc({ kind: row.subject, status: state });
  };

  /** Looks at tasks of one kind, and sends what is to be done for as many as go together; whether something was sent. */
  async #take(batch: readonly LookedAt[], now: number): Promise<boolean> {
    const { db } = this.#parts;
    const work = WORK[batch[0]!.kind];
    let ready: TaskRow[] = [];
    for (const task of batch) {
      if (ready.length === work.most) break;
      try {
        const found = await work.look(this.#desk, task.subject, now);
        if ("done" in found) await list.writeDone(db, task, found.done);
        else if ("handOver" in found) await list.handOver(db, task, found.handOver, found.note);
        else if ("waitsFor" in found) {
          await list.ensure(db, found.waitsFor, task.subject);
          await list.writeLater(db, task.id, now + LOOK_AGAIN_SECONDS);
        } else if ("dueAt" in found) await list.writeLater(db, task.id, found.dueAt);
        else ready.push(task);
      } catch (error) {
        await list.writeFailed(db, task, explain(error));
      }
    }
    while (ready.length > 0) {
      try {
        const subjects = ready.map(({ subject }) => subject);
        return await this.#send(ready, await work.call(this.#desk, subjects, now));
      } catch (error) {
        // One that the chain refuses keeps the others from being done: by halves it is left alone.
        if (ready.length === 1) await list.writeFailed(db, ready[0]!, explain(error));
        ready = ready.slice(0, ready.length >> 1);
      }
    }
    return false;
  }

  /** Sends a call that the chain would take now; false if the chain took the same one just before, and in vain. */
  async #send(carried: readonly TaskRow[], { contract, functionName, args }: Call): Promise<boolean> {
    const { db, platform, account } = this.#parts;
    const data = encodeFunctionData({ abi: ABIS[contract], functionName, args } as never);
    if ((await list.takenCall(db, carried[0]!)) === data) {
      for (const task of carried) await list.writeFailed(db, task, IN_VAIN);
      return false;
    }
    const call = { to: platform.addresses[contract], data };
    const gas = await this.#sender.gasFor(account, call, await this.#sender.gasLimit());
    if (gas === undefined) throw new DujiangError("It needs more gas than the network gives to one transaction.");
    const carry = (tx: Database, id: number) => list.writeSubmitted(tx, id, carried);
    await this.#sender.send(account, { ...call, gas, subject: carried[0]!.kind }, carry);
    return true;
  }
}

/** Keeps what is never done from being sent with every block while others wait. */
const IN_VAIN = "The chain took the transaction, but this is still to be done.";
/** Tasks looked at before one transaction: most of them others have done. */
const MOST_TASKS = 100;
