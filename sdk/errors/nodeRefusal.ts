import type { Language, Sentence, Sentences } from "../types/sentence.ts";
import { type NodeWord, nodeErrorOf } from "./nodeError.ts";

/** What a node's refusal means on a network where nobody pays fees. */
const NODE_SENTENCES = {
  known: {
    en: "The network has this transaction already: wait for its receipt.",
    zh: "网络已收到该交易：请等待其回执。",
  },
  nonceTooLow: {
    en: "Another transaction of this account took the same number (nonce): read the number again and send again.",
    zh: "该账户的另一笔交易已使用同一序号（nonce）：请重新读取序号后发送。",
  },
  nonceTooFar: {
    en: "Too many transactions of this account wait to be sealed: wait for them, then send this one again.",
    zh: "该账户等待打包的交易过多：请等待后重新发送。",
  },
  underpriced: {
    en: "Another transaction of this account waits under the same number (nonce): wait until one of the two is sealed.",
    zh: "该账户同一序号（nonce）已有另一笔交易在等待：请等待其中一笔上链。",
  },
  poolFull: {
    en: "The node has no room for more transactions at the moment: send this one again shortly.",
    zh: "节点的交易池已满：请稍后重新发送。",
  },
  feeTooLow: {
    en: "The node asks for a fee, but nobody pays any here: its operator must set min-gas-price to 0, and the chain zeroBaseFee.",
    zh: "节点要求手续费，而本网络不收费：请节点运营方将 min-gas-price 设为 0，并在创世配置中启用 zeroBaseFee。",
  },
  cannotPay: {
    en: "The transaction offers a fee or an amount that the account does not hold: nobody pays fees here, so send it with fees of 0.",
    zh: "交易所出的费用或金额超过账户余额：本网络不收费，请将费用设为 0 后发送。",
  },
  tooMuchGas: {
    en: "The transaction asks for more gas than the network gives to one, usually 16,777,216: send less at a time.",
    zh: "交易的 gas 上限超过网络对单笔交易的限制（通常为 16,777,216）：请分批发送。",
  },
  notListed: {
    en: "The network does not take transactions of this account: have it put on the network's list of accounts.",
    zh: "该账户不在网络的账户准入名单中，交易被拒绝：请先将其列入名单。",
  },
  behind: {
    en: "The node does not have the state that it was asked for, which says nothing of the chain: try again shortly, or ask another node.",
    zh: "节点暂无所查询的状态，这不代表链上的结果：请稍后重试，或改用其他节点。",
  },
  failing: {
    en: "The node failed or had no time to answer, which says nothing of the chain: try again shortly, or ask another node.",
    zh: "节点内部出错或超时，这不代表链上的结果：请稍后重试，或改用其他节点。",
  },
} satisfies Sentences & Record<Exclude<NodeWord, "other">, unknown>;

function unanswered(status: number | undefined): Sentence {
  if (status === undefined) return { en: "No node answered: try again shortly.", zh: "节点没有应答：请稍后重试。" };
  return {
    en: `No node answered (HTTP ${status}): try again shortly.`,
    zh: `节点没有应答（HTTP ${status}）：请稍后重试。`,
  };
}

/** One sentence about why a node did not do what it was asked for; undefined when it was not a node. */
export function nodeRefusal(error: unknown, language: Language): string | undefined {
  const found = nodeErrorOf(error);
  if (found === undefined || found.kind === "reverted") return undefined;
  if (found.kind === "unanswered") {
    return unanswered(found.status)[language];
  }
  if (found.word !== "other") return NODE_SENTENCES[found.word][language];
  const words = found.message.replace(/\.$/, "");
  return { en: `The node refused: ${words}.`, zh: `节点拒绝：${words}。` }[language];
}
