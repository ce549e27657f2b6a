import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ArtifactResolver } from "@nomicfoundation/ignition-core";
import { listTransactions, status, trackTransaction, wipe } from "@nomicfoundation/ignition-core";
import { z } from "zod";
import { DeploymentError } from "../../sdk/chain/deployment.ts";
import { isOfNode } from "../../sdk/errors/nodeError.ts";
import type { Day } from "../../sdk/types/time.ts";
import { blockNumber, type Chain } from "./chain.ts";

const run = z.object({
  chainId: z.int(),
  genesisHash: z.string(),
  deployer: z.string(),
  /** The deployer's nonce before anything was sent. */
  firstNonce: z.int(),
  /** The newest block when the last run began. */
  fromBlock: z.int(),
  /** The day written into the set-up transaction, once one was made. */
  effectiveDay: z.int().optional(),
});
type Run = z.infer<typeof run>;

/**
 * Ignition's journal of a network, and what is needed beside it so that a run that was killed at any point, even between
 * sending a transaction and noting its hash, is taken up where it was.
 */
export class Journal {
  readonly folder: string;
  readonly #resolver: ArtifactResolver;
  readonly #file: string;
  readonly #lines: string;
  #run: Run | undefined;

  constructor(folder: string, resolver: ArtifactResolver) {
    this.folder = folder;
    this.#resolver = resolver;
    this.#file = join(folder, "run.json");
    this.#lines = join(folder, "journal.jsonl");
    this.#repair();
    const json = parsed(this.#file);
    this.#run = json === undefined ? undefined : run.parse(json);
  }

  /** Which chain and account an unfinished or finished deployment belongs to; undefined where there is none. */
  get run(): Readonly<Run> | undefined {
    return this.#run;
  }

  get #isStarted(): boolean {
    return existsSync(this.#lines) && readFileSync(this.#lines, "utf8").trim() !== "";
  }

  /** Transactions noted so far. */
  async transactions() {
    return this.#isStarted ? listTransactions(this.folder, this.#resolver) : [];
  }

  async hasBegun(future: string): Promise<boolean> {
    if (!this.#isStarted) return false;
    const { started, successful } = await status(this.folder);
    return started.includes(future) || successful.includes(future);
  }

  /** Makes a journal that a killed run left behind fit to go on with. */
  async resume(chain: Chain): Promise<void> {
    const { provider, deployer, chainId, genesisHash } = chain;
    const nonce = await confirmedNonce(chain);
    const head = await blockNumber(provider);
    if (this.#run === undefined) {
      this.#write({ chainId, genesisHash, deployer, firstNonce: nonce, fromBlock: head });
      return;
    }
    if (this.#isStarted) {
      await this.#findLost(chain, this.#run, nonce, head);
      // What failed, or was only prepared, left nothing on chain: it is made again, with what was corrected since.
      const { failed, started } = await status(this.folder);
      const sent = this.#sent();
      const unsent = started.filter((future) => !sent.has(future));
      for (const future of [...failed.map(({ futureId }) => futureId), ...unsent]) {
        await wipe(this.folder, this.#resolver, future);
      }
    }
    this.#write({ ...this.#run, fromBlock: head });
  }

  noteEffectiveDay(effectiveDay: Day): void {
    if (this.#run !== undefined) this.#write({ ...this.#run, effectiveDay });
  }

  /** Futures of which a transaction was noted since they were last wiped. */
  #sent(): Set<string> {
    const futures = new Set<string>();
    for (const line of readFileSync(this.#lines, "utf8").split("\n")) {
      if (line.trim() === "") continue;
      const { type, futureId } = JSON.parse(line) as { type: string; futureId: string };
      if (type === "TRANSACTION_SEND") futures.add(futureId);
      if (type === "WIPE_APPLY") futures.delete(futureId);
    }
    return futures;
  }

  /** Notes in Ignition's journal the transactions that were sent, but whose hash was not noted before the run was killed. */
  async #findLost({ provider, deployer }: Chain, { firstNonce, fromBlock }: Run, nonce: number, head: number) {
    const known = new Set((await this.transactions()).map(({ txHash }) => txHash));
    if (nonce - firstNonce <= known.size) return;
    for (let number = fromBlock; number <= head; number++) {
      const block = (await provider.request({
        method: "eth_getBlockByNumber",
        params: [`0x${number.toString(16)}`, true],
      })) as { transactions: { hash: string; from: string }[] };
      for (const { hash, from } of block.transactions) {
        if (from.toLowerCase() !== deployer.toLowerCase() || known.has(hash)) continue;
        // Something else the account sent matches nothing in the journal, which is fine.
        await trackTransaction(this.folder, hash, provider, 1).catch((error: unknown) => {
          if (isOfNode(error)) throw error;
        });
      }
    }
  }

  /** A line or file that was being written when the power went is dropped: what it said is found out again. */
  #repair(): void {
    const addresses = join(this.folder, "deployed_addresses.json");
    if (existsSync(addresses) && parsed(addresses) === undefined) rmSync(addresses);
    if (!existsSync(this.#lines)) return;
    const text = readFileSync(this.#lines, "utf8");
    const lastLine = text.slice(text.lastIndexOf("\n") + 1);
    try {
      if (lastLine.trim() !== "") JSON.parse(lastLine);
    } catch {
      truncateSync(this.#lines, Buffer.byteLength(text) - Buffer.byteLength(lastLine));
    }
  }

  #write(next: Run): void {
    this.#run = next;
    writeWhole(this.#file, next);
  }
}

/** Writes JSON so that a reader finds the old file or the new one, never half of one. */
export function writeWhole(file: string, value: unknown): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
}

/** The account's nonce once nothing of it waits to be mined. */
async function confirmedNonce({ provider, deployer, place }: Chain): Promise<number> {
  const count = async (tag: string) =>
    Number(await provider.request({ method: "eth_getTransactionCount", params: [deployer, tag] }));
  const patience = Date.now() + 120_000;
  for (;;) {
    const [latest, pending] = await Promise.all([count("latest"), count("pending")]);
    if (pending <= latest) return latest;
    if (Date.now() > patience) {
      throw new DeploymentError({
        en: `${pending - latest} transactions of ${deployer} wait to be mined at ${place}: see that blocks are made, then run the same command again.`,
        zh: `${deployer} 在 ${place} 有 ${pending - latest} 笔交易等待上链：请确认正在出块，然后重新运行同一命令。`,
      });
    }
    await new Promise((later) => setTimeout(later, 300));
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
