import { type Abi, type Address, encodeFunctionData, type Hex } from "viem";
import { call as callContract, getTransactionReceipt } from "viem/actions";
import type { Platform } from "../../sdk/chain/client.ts";
import { explain, refusalOf } from "../../sdk/errors/explain.ts";
import { isOfNode } from "../../sdk/errors/nodeError.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import type { WalletProvider } from "../../sdk/wallets/ensureNetwork.ts";

/** A call of one of the platform's contracts, as the sdk's functions return it for viem's `writeContract`. */
export interface Call {
  address: Address;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
}

/** What becomes of a transaction; nothing counts as done before a block has it. */
export type Stage =
  /** The node is asked what the chain would say. */
  | { stage: "checking" }
  /** The chain would take it as things stand: the wallet may be asked. */
  | { stage: "ready" }
  /** The wallet waits for its owner. */
  | { stage: "asking" }
  /** Handed over; no block has it yet. */
  | { stage: "pending"; hash: Hex }
  | { stage: "included"; hash: Hex; block: bigint }
  /** `hash` where a block has it and the chain refused it all the same. */
  | { stage: "refused"; why: Sentence; hash?: Hex; asks?: FactorAsked };

/** What the participant's second factor has to confirm before the chain takes a call. */
export interface FactorAsked {
  participant: number;
  subject: Hex;
}

/** Who sends, and through what. */
export interface Sender {
  platform: Platform;
  account: Address;
  provider: WalletProvider;
}

const POLL_MS = 500;

/** What a call comes to as things stand: the node runs it and keeps nothing. */
export async function dryRun(call: Call, { platform, account }: Pick<Sender, "platform" | "account">): Promise<Stage> {
  try {
    await run(call, platform, account);
    return { stage: "ready" };
  } catch (error) {
    const asks = factorAsked(error);
    return { stage: "refused", why: inBoth(error), ...(asks === undefined ? {} : { asks }) };
  }
}

function factorAsked(error: unknown): FactorAsked | undefined {
  const refusal = refusalOf(error);
  if (refusal === undefined || !/^SecondFactor_(Always)?Required$/.test(refusal.name)) return undefined;
  const { participant, subject } = refusal.args as Record<"participant", number> & Record<"subject", Hex>;
  return { participant, subject };
}

/** Has the wallet sign and send a call, and waits until a block has it. @param note hears where it is */
export async function send(call: Call, sender: Sender, note: (stage: Stage) => void): Promise<Stage> {
  note({ stage: "asking" });
  let hash: Hex;
  try {
    const { address: to } = call;
    // Nobody pays for gas here; a wallet that fills in a fee would find that the account has nothing.
    const fees = { type: "0x2", maxFeePerGas: "0x0", maxPriorityFeePerGas: "0x0" };
    const params = [{ from: sender.account, to, data: dataOf(call), ...fees }];
    hash = (await sender.provider.request({ method: "eth_sendTransaction", params })) as Hex;
  } catch (error) {
    return { stage: "refused", why: inBoth(error) };
  }
  note({ stage: "pending", hash });
  return follow(hash, call, sender);
}

async function follow(hash: Hex, call: Call, { platform, account }: Sender): Promise<Stage> {
  for (;;) {
    const receipt = await receiptOf(platform, hash);
    if (receipt?.status === "success") return { stage: "included", hash, block: receipt.blockNumber };
    if (receipt !== undefined) return { stage: "refused", hash, why: await whyReverted(call, platform, account) };
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Undefined while no block has it, and while the node does not answer, which says nothing about it. */
async function receiptOf(platform: Platform, hash: Hex) {
  try {
    return await getTransactionReceipt(platform.client, { hash });
  } catch (error) {
    const isUnknown = error instanceof Error && error.name === "TransactionReceiptNotFoundError";
    if (isUnknown || isOfNode(error)) return undefined;
    throw error;
  }
}

/** A receipt has no reason: the same is asked again. */
async function whyReverted(call: Call, platform: Platform, account: Address): Promise<Sentence> {
  try {
    await run(call, platform, account);
  } catch (error) {
    return inBoth(error);
  }
  return {
    en: "The chain refused it, because things had changed since it was checked; as they stand now it would take it: send it again.",
    zh: "检查之后情况有变，链上拒绝了该交易；按目前情况可以执行：请重新发送。",
  };
}

const run = (call: Call, platform: Platform, account: Address) =>
  callContract(platform.client, { account, to: call.address, data: dataOf(call) });

const dataOf = ({ abi, functionName, args }: Call): Hex => encodeFunctionData({ abi, functionName, args });

/** One sentence about an error, in each language. */
const inBoth = (error: unknown): Sentence => ({ en: explain(error, "en"), zh: explain(error, "zh") });
