import { setTimeout as sleep } from "node:timers/promises";
import {
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type Hex,
  keccak256,
  stringToBytes,
} from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { readContract, simulateContract, waitForTransactionReceipt, writeContract } from "viem/actions";
import { type ABIS, type ContractName, contractOf, explain, type Platform, walletOf } from "../../sdk/index.ts";
import type { LocalChain } from "../local/chain.ts";
import { type LocalActor, wallets } from "../local/wallets.ts";
import type { Exchange } from "./exchange.ts";
import type { Language, Words } from "./language.ts";
import { DayRefused } from "./refused.ts";

type Write<Name extends ContractName> = ContractFunctionName<(typeof ABIS)[Name], "nonpayable">;
type Read<Name extends ContractName> = ContractFunctionName<(typeof ABIS)[Name], "pure" | "view">;

/** Besu refuses transactions above this. */
const GAS_LIMIT = 16_777_216n;

/** How long the operator's service may take for what is due. */
const PATIENCE_MS = 120_000;

/** The chain of the day: a node to talk to, and a clock that can be moved. */
export type DayChain = Pick<LocalChain, "url" | "now" | "moveTo">;

/**
 * The platform on the local chain and the exchange before it, with the wallets of everybody who takes part, and a
 * reporter of what happens.
 */
export class DayMarket {
  readonly platform: Platform;
  readonly chain: DayChain;
  readonly exchange: Exchange;
  readonly language: Language;
  readonly say: (words: Words) => void;
  /** Participant ids, once enrolled. */
  readonly participants = new Map<LocalActor, number>();

  constructor(platform: Platform, chain: DayChain, exchange: Exchange, say: (words: Words) => void) {
    this.platform = platform;
    this.chain = chain;
    this.exchange = exchange;
    this.language = exchange.language;
    this.say = say;
  }

  /** Sends a transaction and returns what the function answered. */
  async send<Name extends ContractName, Fn extends Write<Name>>(
    as: LocalActor,
    name: Name,
    functionName: Fn,
    args: ContractFunctionArgs<(typeof ABIS)[Name], "nonpayable", Fn>,
  ): Promise<ContractFunctionReturnType<(typeof ABIS)[Name], "nonpayable", Fn>> {
    const { client } = this.platform;
    const account = this.account(as);
    const call = { ...contractOf(this.platform, name), functionName, args, account, gas: GAS_LIMIT };
    try {
      const { result } = await simulateContract(client, call as never);
      const hash = await writeContract(walletOf(this.platform, account), call as never);
      const { status } = await waitForTransactionReceipt(client, { hash, pollingInterval: 50 });
      if (status !== "success")
        throw new DayRefused({ en: `Transaction ${hash} was undone by the chain.`, zh: `交易 ${hash} 被链撤销。` });
      return result as never;
    } catch (error) {
      const { name: actor } = wallets[as];
      throw new DayRefused({
        en: `${actor.en}: ${name}.${functionName}: ${explain(error, "en")}`,
        zh: `${actor.zh}：${name}.${functionName}：${explain(error, "zh")}`,
      });
    }
  }

  /** Tries what the chain must refuse, and returns why it does. */
  async refusal<Name extends ContractName, Fn extends Write<Name>>(
    as: LocalActor,
    name: Name,
    functionName: Fn,
    args: ContractFunctionArgs<(typeof ABIS)[Name], "nonpayable", Fn>,
  ): Promise<Words> {
    const call = { ...contractOf(this.platform, name), functionName, args, account: this.account(as) };
    const error = await simulateContract(this.platform.client, { ...call, gas: GAS_LIMIT } as never).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined)
      throw new DayRefused({
        en: `${this.name(as)}: ${name}.${functionName} was not refused.`,
        zh: `${this.name(as)}：${name}.${functionName} 未被拒绝。`,
      });
    return { zh: explain(error, "zh"), en: explain(error, "en") };
  }

  async read<Name extends ContractName, Fn extends Read<Name>>(
    name: Name,
    functionName: Fn,
    args: ContractFunctionArgs<(typeof ABIS)[Name], "pure" | "view", Fn>,
  ): Promise<ContractFunctionReturnType<(typeof ABIS)[Name], "pure" | "view", Fn>> {
    return (await readContract(this.platform.client, {
      ...contractOf(this.platform, name),
      functionName,
      args,
    } as never)) as never;
  }

  account(actor: LocalActor): PrivateKeyAccount {
    return privateKeyToAccount(wallets[actor].wallet.privateKey as Hex);
  }

  address(actor: LocalActor): Address {
    return this.account(actor).address;
  }

  id(actor: LocalActor): number {
    const id = this.participants.get(actor);
    if (id === undefined)
      throw new DayRefused({
        en: `${wallets[actor].name.en} is not enrolled.`,
        zh: `${wallets[actor].name.zh}未注册。`,
      });
    return id;
  }

  name(actor: LocalActor): string {
    return wallets[actor].name[this.language];
  }

  /** Who acts for a participant; undefined for one that nobody here does. */
  actorOf(participant: number): LocalActor | undefined {
    return [...this.participants].find(([, id]) => id === participant)?.[0];
  }

  /** Who a participant is. */
  nameOf(participant: number): string {
    const actor = this.actorOf(participant);
    return actor === undefined ? String(participant) : this.name(actor);
  }

  /** Waits for what the operator's service does by itself, until `look` sees it. */
  async until<Answer>(what: Words, look: () => Promise<Answer | undefined>): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await look();
      if (answer !== undefined) return answer;
      await this.exchange.requireReady();
      if (Date.now() > deadline) {
        const seconds = PATIENCE_MS / 1000;
        const words = {
          zh: `等了 ${seconds} 秒，运营服务仍未完成：${what.zh}。待办任务见 ${this.exchange.url}/tasks。`,
          en: `The operator's service did not get it done in ${seconds} s: ${what.en}. ${this.exchange.url}/tasks says what waits.`,
        };
        throw new DayRefused(words);
      }
      await sleep(100);
    }
  }

  /** Lets time jump on to a second, if it is still ahead. */
  async goTo(second: number): Promise<void> {
    if (second <= (await this.chain.now())) return;
    await this.chain.moveTo(second);
    await this.exchange.noticeTime();
  }
}

/** What stands on chain for a document that stays with its owner. */
export const documentHash = (name: string): Hex => keccak256(stringToBytes(name));
