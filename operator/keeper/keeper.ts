import { encodeFunctionData, type Hex, keccak256, TransactionReceiptNotFoundError } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { estimateGas, getTransactionCount, getTransactionReceipt, sendRawTransaction } from "viem/actions";
import { ABIS, type Day, explain, type Platform, readDayTrades } from "../../sdk/index.ts";
import { Cached } from "../chain/cached.ts";
import type { ChainView } from "../chain/view.ts";
import type { Database } from "../db/database.ts";
import type { ErrandRow, TaskRow } from "../db/schema.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { discover } from "./discover.ts";
import { type Call, type Desk, WORK } from "./prepare.ts";
import * as list from "./tasks.ts";

export interface KeeperParts {
  db: Database;
  platform: Platform;
  view: ChainView;
  /** Pays nothing and needs no role: any account that the network lets in. */
  account: PrivateKeyAccount;
  metrics: Metrics;
  log: Log;
}

/** What networks give to one transaction. */
const MOST_GAS = 16_777_216n;
const RESEND_MS = 10_000;
/** How long a day's trades, read once, are good for: long enough to look at all of its meters. */
const TRADES_MS = 60_000;
/** Times that the chain must say that another transaction took the nonce: behind a balancer one node may lag. */
const LOST_LOOKS = 3;

/**
 * Does what is due: freezes, settles, lapses, collects, declares defaults, frees bids. One transaction at a time, written
 * down before it is sent; a task is done when the chain says so, whoever did it.
 */
export class Keeper {
  readonly #parts: KeeperParts;
  readonly #desk: Desk;
  #sentAt = 0;
  #lostLooks = 0;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    const { platform } = parts;
    const trades = new Cached(TRADES_MS, (day: Day) => readDayTrades(platform, day));
    this.#desk = { platform, tradesOf: (day) => trades.get(day) };
  }

  /** Takes every step that can be taken now; whether a transaction is under way. */
  async step(): Promise<boolean> {
    const { db, platform, metrics } = this.#parts;
    const errand = await list.errandUnderWay(db);
    if (errand !== undefined && !(await this.#follow(errand))) return true;
    await discover(db, platform);
    const now = await this.#parts.view.now();
    let isSent = false;
    while (!isSent) {
      const batch = await list.nextBatch(db, now, MOST_TASKS);
      if (batch.length === 0) break;
      isSent = await this.#take(batch, now);
    }
    metrics.waitingTasks.set(await list.waitingCount(db, now));
    return isSent;
  }

  // ---- what is under way

  /** Whether it has ended. */
  async #follow(errand: ErrandRow): Promise<boolean> {
    const { db, platform, log, metrics, account } = this.#parts;
    const status = await this.#statusOf(errand.hash);
    if (status !== undefined) {
      await list.writeErrandEnd(db, errand.id, status === "success" ? "sealed" : "reverted");
      metrics.errands.inc({ kind: errand.kind, status });
      log.info({ kind: errand.kind, hash: errand.hash, status }, "kept");
      this.#lostLooks = 0;
      return true;
    }
    const count = await getTransactionCount(platform.client, { address: account.address, blockTag: "latest" });
    if (count > errand.nonce && (await this.#statusOf(errand.hash)) === undefined) {
      this.#lostLooks += 1;
      if (this.#lostLooks < LOST_LOOKS) return false;
      this.#lostLooks = 0;
      await list.writeErrandEnd(db, errand.id, "lost");
      return true;
    }
    if (Date.now() - this.#sentAt >= RESEND_MS) await this.#send(errand.transaction);
    return false;
  }

  async #statusOf(hash: Hex): Promise<"success" | "reverted" | undefined> {
    try {
      return (await getTransactionReceipt(this.#parts.platform.client, { hash })).status;
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return undefined;
      throw error;
    }
  }

  // ---- what comes next

  /** Looks at tasks of one kind, and sends what is to be done for as many as go together; whether something was sent. */
  async #take(batch: readonly TaskRow[], now: number): Promise<boolean> {
    const { db } = this.#parts;
    const work = WORK[batch[0]!.kind];
    let ready: TaskRow[] = [];
    for (const task of batch) {
      if (ready.length === work.most) break;
      try {
        const found = await work.look(this.#desk, task.subject, now);
        if ("done" in found) await list.writeDone(db, task.id, found.done);
        else if ("dueAt" in found) await list.writeLater(db, task.id, found.dueAt);
        else ready.push(task);
      } catch (error) {
        await list.writeFailed(db, task, explain(error));
      }
    }
    while (ready.length > 0) {
      try {
        await this.#send(
          await this.#sign(
            ready,
            await work.call(
              this.#desk,
              ready.map(({ subject }) => subject),
            ),
          ),
        );
        return true;
      } catch (error) {
        // One that the chain refuses keeps the others from being done: by halves it is left alone.
        if (ready.length === 1) await list.writeFailed(db, ready[0]!, explain(error));
        ready = ready.slice(0, ready.length >> 1);
      }
    }
    return false;
  }

  /** Signs a call that the chain would take now, and writes it down. */
  async #sign(carried: readonly TaskRow[], { contract, functionName, args }: Call): Promise<Hex> {
    const { db, platform, account } = this.#parts;
    const { client, addresses } = platform;
    const data = encodeFunctionData({ abi: ABIS[contract], functionName, args } as never);
    const to = addresses[contract];
    const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
    const needed = await estimateGas(client, { account: account.address, to, data, ...fees } as never);
    const ample = (needed * 5n) / 4n + 100_000n;
    const gas = ample < MOST_GAS ? ample : MOST_GAS;
    const nonce = await getTransactionCount(client, { address: account.address, blockTag: "latest" });
    const transaction = await account.signTransaction({
      ...{ type: "eip1559", chainId: client.chain.id, nonce, gas, to, data, ...fees },
    });
    const kind = carried[0]!.kind;
    await list.writeErrand(db, { kind, nonce, transaction, hash: keccak256(transaction) }, carried);
    return transaction;
  }

  /** What goes wrong here is no failure of the task: the transaction is written down, and its receipt is looked for. */
  async #send(serializedTransaction: Hex): Promise<void> {
    const { platform, log } = this.#parts;
    this.#sentAt = Date.now();
    try {
      await sendRawTransaction(platform.client, { serializedTransaction });
    } catch (error) {
      log.warn({ reason: explain(error) }, "the keeper's transaction is sent again later");
    }
  }
}

/** Tasks looked at before one transaction: most of them others have done. */
const MOST_TASKS = 100;
