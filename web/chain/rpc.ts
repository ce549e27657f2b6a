import { DujiangError } from "../../sdk/types/errors.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** Thrown when the node does not answer, or refuses. */
export class RpcError extends DujiangError {}

/** Where the page's server passes questions on to the node. */
const RPC = "/rpc";

/** The same as an address, for the sdk and for wallets. */
export const nodeUrl = (): string => new URL(RPC, location.origin).href;

/** The newest block. */
export interface Head {
  block: number;
  /** Unix second. */
  time: number;
}

/** Asks the node a thing, without the chain layer and its tables. */
export async function askNode<Answer>(method: string, params: readonly unknown[] = []): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await fetch(RPC, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(
    () => undefined,
  );
  const said = (await answer?.json().catch(() => undefined)) as Said<Answer> | undefined;
  if (said?.error !== undefined) throw new RpcError(said.error.data?.sentences ?? refused(said.error.message));
  if (said?.result === undefined) throw new RpcError(NO_ANSWER);
  return said.result;
}

export async function readHead(): Promise<Head> {
  const { number, timestamp } = await askNode<{ number: string; timestamp: string }>("eth_getBlockByNumber", [
    "latest",
    false,
  ]);
  return { block: Number(number), time: Number(timestamp) };
}

interface Said<Answer> {
  result?: Answer;
  error?: { message: string; data?: { sentences?: Sentence } };
}

const NO_ANSWER: Sentence = {
  en: "The page's server does not answer: check the network; the page goes on asking.",
  zh: "页面服务器没有应答：请检查网络；页面会继续尝试。",
};

const refused = (message: string): Sentence => ({
  en: `The chain's node refuses this: ${message}.`,
  zh: `区块链节点拒绝了该请求：${message}。`,
});
