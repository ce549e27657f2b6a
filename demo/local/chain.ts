import { randomInt } from "node:crypto";
import { root } from "../../scripts/root.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { freePort, takePort, type UsualPort } from "./port.ts";
import { LocalProcess } from "./process.ts";

export const RPC_PORT: UsualPort = {
  service: { en: "local chain", zh: "本地链" },
  variable: "DUJIANG_RPC_PORT",
  usual: 8_545,
};

/** Time between two blocks of a chain that beats. */
const BEAT_MS = 4_000;

/** What is not said in a chain's answer to a call. */
export class ChainError extends DujiangError {}

export interface ChainOptions {
  /** Second since 1970 of the first block; blocks after it follow the clock from there. */
  startsAt: number;
  /** "any" for a port nobody uses; otherwise DUJIANG_RPC_PORT or 8545. */
  port?: "any";
  /** Otherwise a fresh one: indexers and wallets remember chains by this number alone. */
  chainId?: number;
  /** What Node runs as the chain; otherwise Hardhat's. */
  program?: (settings: { port: number; chainId: number; startsAt: number }) => string[];
}

/** A chain on this machine alone: Hardhat's EVM with Besu's terms, a block per transaction, and time that can be moved. */
export class LocalChain {
  readonly process: LocalProcess;
  readonly chainId: number;
  readonly url: string;

  private constructor(process: LocalProcess, chainId: number, port: number) {
    this.process = process;
    this.chainId = chainId;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start({
    startsAt,
    port,
    chainId = 1_000_000 + randomInt(1_000_000_000),
    program = hardhat,
  }: ChainOptions): Promise<LocalChain> {
    const at = port === "any" ? await freePort() : await takePort(RPC_PORT);
    const args = program({ port: at, chainId, startsAt });
    const chain = new LocalChain(new LocalProcess("local chain", args), chainId, at);
    try {
      await chain.process.until("ready", async () => {
        if (Number(await chain.request("eth_chainId")) === chainId) return true;
        throw new ChainError({ en: `another chain answers at ${chain.url}`, zh: `${chain.url} 处应答的是另一条链` });
      });
    } catch (error) {
      await chain.process.stop();
      throw error;
    }
    return chain;
  }

  async request<Answer = string>(method: string, params: unknown[] = []): Promise<Answer> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: Answer; error?: { message: string } };
    if (error !== undefined)
      throw new ChainError({
        en: `${method} failed on the local chain: ${error.message}`,
        zh: `本地链上 ${method} 失败：${error.message}`,
      });
    return result as Answer;
  }

  /** Second since 1970 of the newest block. */
  async now(): Promise<number> {
    const block = await this.request<{ timestamp: string }>("eth_getBlockByNumber", ["latest", false]);
    return Number(block.timestamp);
  }

  async blockNumber(): Promise<number> {
    return Number(await this.request("eth_blockNumber"));
  }

  /** Seals a block without a transaction. */
  async seal(): Promise<void> {
    await this.request("evm_mine");
  }

  /** Lets time jump forward to `second` and seals a block there. */
  async moveTo(second: number): Promise<void> {
    const now = await this.now();
    if (second < now) {
      throw new ChainError({
        en: `Time only moves forward: the local chain is at ${iso(now)}, which is after ${iso(second)}.`,
        zh: `时间只能向前：本地链已到 ${iso(now)}，晚于 ${iso(second)}。`,
      });
    }
    await this.request("evm_setNextBlockTimestamp", [second]);
    await this.seal();
  }

  async moveBy(seconds: number): Promise<void> {
    await this.moveTo((await this.now()) + seconds);
  }

  /** Lets blocks follow the clock from now on, so that what waits for the chain's time gets on; ends with the chain. */
  beat(everyMs = BEAT_MS): void {
    const timer = setInterval(() => this.seal().catch(() => {}), everyMs);
    void this.process.ended.then(() => clearInterval(timer));
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}

const hardhat: NonNullable<ChainOptions["program"]> = ({ port, chainId, startsAt }) => [
  ...["--import", "tsx", `${root}/demo/local/chainServer.ts`],
  ...[port, chainId, startsAt].map(String),
];

const iso = (second: number) => new Date(second * 1000).toISOString();
