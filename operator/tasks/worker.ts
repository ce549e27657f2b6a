import { encodeFunctionData } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { ABIS, DujiangError, explain, nodeErrorOf } from "../../sdk/index.ts";
import type { ChainClock } from "../chain/clock.ts";
import type { Log } from "../common/log.ts";
import type { Metrics } from "../common/metrics.ts";
import type { Database } from "../db/database.ts";
import { Sender, type SenderParts } from "../sending/sender.ts";
import type { LookedAt } from "./list.ts";
import * as rows from "./list.ts";
import type { TaskRow } from "./tables.ts";
import type { Call, Desk, Work } from "./work.ts";

export interface WorkerParts<On extends Desk = Desk> {
  desk: On;
  clock: ChainClock;
  /** Pays nothing: any account that the network lets in, with the roles that its work asks for. */
  account: PrivateKeyAccount;
  /** Which tasks it does, and which rows of the journal are its own. */
  list: string;
  /** How each kind of them is done. */
  work: Readonly<Record<string, Work<On>>>;
  /** Finds out what there is to do, before each look at the list. */
  discover?: (() => Promise<void>) | undefined;
  metrics: Metrics;
  log: Log;
  /** What the network gives to one transaction. */
  transactionGas: number;
}

/** After which a task that waits for another one is looked at again. */
const LOOK_AGAIN_SECONDS = 60;
/** One after the other: what a task comes to depends on what was done before. */
const MOST_UNDER_WAY = 1;

/** Does what is due of a list of tasks. A task is done when the chain says so, no matter who did it. */
export class Worker<On extends Desk = Desk> {
  readonly #parts: WorkerParts<On>;
  readonly #sender: Sender;
  readonly #figures: ReturnType<typeof figuresOf>;

  constructor(parts: WorkerParts<On>) {
    this.#parts = parts;
    const { desk, log, account, list, transactionGas, metrics } = parts;
    this.#figures = figuresOf(metrics);
    this.#sender = new Sender({
      ...{
        db: desk.db,
        platform: desk.platform,
        log,
        transactionGas,
        accounts: [account],
        mostUnderWay: MOST_UNDER_WAY,
        purpose: list,
      },
      ended: (...end) => this.#ended(...end),
    });
  }

  /** Why its key cannot send, where it cannot. */
  get lame() {
    return this.#sender.lame;
  }

  /** Takes every step that can be taken now; whether a transaction is under way. */
  async step(): Promise<boolean> {
    const { clock, list, account, discover } = this.#parts;
    const { db } = this.#parts.desk;
    await this.#sender.follow();
    this.#sender.requireKey();
    // What a key of before left under way keeps nobody waiting.
    if ((await this.#sender.freeAccount()) === undefined) return true;
    await rows.takeBack(db, list, account.address);
    await discover?.();
    const now = await clock.now();
    let isSent = false;
    while (!isSent) {
      const batch = await rows.nextBatch(db, list, now, MOST_TASKS);
      if (batch.length === 0) break;
      isSent = await this.#take(batch, now);
    }
    this.#figures.waiting.set({ list }, await rows.waitingCount(db, list, now));
    return isSent;
  }

  #ended: SenderParts["ended"] = async (row, { state }, write) => {
    await write((tx) => rows.writeReturned(tx, row, state));
    if (state !== "lost") this.#figures.errands.inc({ kind: row.subject, status: state });
  };

  /** Looks at tasks of one kind, and sends what is to be done for as many as go together; whether something was sent. */
  async #take(batch: readonly LookedAt[], now: number): Promise<boolean> {
    const { desk } = this.#parts;
    const { db } = desk;
    const work = this.#parts.work[batch[0]!.kind]!;
    let ready: TaskRow[] = [];
    for (const task of batch) {
      if (ready.length === work.most) break;
      try {
        const found = await work.look(desk, task.subject, now);
        if ("done" in found) await rows.writeDone(db, task, found.done);
        else if ("handOver" in found) await rows.handOver(db, task, found.handOver, found.note);
        else if ("waitsFor" in found) {
          await rows.ensure(db, task, found.waitsFor);
          await rows.writeLater(db, task.id, now + LOOK_AGAIN_SECONDS);
        } else if ("dueAt" in found) await rows.writeLater(db, task.id, found.dueAt);
        else ready.push(task);
      } catch (error) {
        await this.#fail(task, error);
      }
    }
    while (ready.length > 0) {
      try {
        const subjects = ready.map(({ subject }) => subject);
        return await this.#send(ready, await work.call(desk, subjects, now));
      } catch (error) {
        // One that the chain refuses keeps the others from being done: by halves it is left alone.
        if (nodeErrorOf(error)?.kind === "unanswered") throw error;
        if (ready.length === 1) await this.#fail(ready[0]!, error);
        ready = ready.slice(0, ready.length >> 1);
      }
    }
    return false;
  }

  /** A task that cannot be done waits longer each time; what the node alone refuses is nothing of the task. */
  async #fail(task: TaskRow, error: unknown): Promise<void> {
    const { db } = this.#parts.desk;
    const found = nodeErrorOf(error);
    if (found?.kind === "unanswered") throw error;
    if (found?.kind === "refused") await rows.writeAgain(db, task, explain(error));
    else await rows.writeFailed(db, task, explain(error));
  }

  /** Sends a call that the chain would take now; false if the chain took the same one just before, and in vain. */
  async #send(carried: readonly TaskRow[], { contract, functionName, args }: Call): Promise<boolean> {
    const { account } = this.#parts;
    const { db, platform } = this.#parts.desk;
    const data = encodeFunctionData({ abi: ABIS[contract], functionName, args } as never);
    if ((await rows.takenCall(db, carried[0]!)) === data) {
      for (const task of carried) await rows.writeFailed(db, task, IN_VAIN);
      return false;
    }
    const call = { to: platform.addresses[contract], data };
    const gas = await this.#sender.gasFor(account, call, await this.#sender.gasLimit());
    if (gas === undefined)
      throw new DujiangError({
        en: "It needs more gas than the network gives to one transaction.",
        zh: "所需 gas 超过网络对单笔交易的限制。",
      });
    const carry = (tx: Database, id: number) => rows.writeSubmitted(tx, id, carried);
    await this.#sender.send(account, { ...call, gas, subject: carried[0]!.kind }, carry);
    return true;
  }
}

/** Keeps what is never done from being sent with every block while others wait. */
const IN_VAIN = "The chain took the transaction, but this is still to be done.";
/** Tasks looked at before one transaction, at least as many as go into one: most of them others have done. */
const MOST_TASKS = 256;

function figuresOf(metrics: Metrics) {
  return {
    errands: metrics.counter("errands_total", "Transactions that did tasks, by kind and status", ["kind", "status"]),
    waiting: metrics.gauge("waiting_tasks", "Tasks that are due and not done, by list", ["list"]),
  };
}
