import type { Language, Sentences } from "../types/sentence.ts";

/** What a node says when it does not take a request, and what that means on a network where nobody pays fees. */
export const NODE_SENTENCES: Sentences = {
  "Sender account not authorized to send transactions": {
    en: "The network does not take transactions of this account: have it put on the network's list of accounts.",
    zh: "该账户不在网络的账户准入名单中，交易被拒绝：请先将其列入名单。",
  },
  "Upfront cost exceeds account balance": {
    en: "The transaction offers a fee or an amount that the account does not hold: nobody pays fees here, so send it with fees of 0.",
    zh: "交易所出的费用或金额超过账户余额：本网络不收费，请将费用设为 0 后发送。",
  },
  "Gas price below configured minimum gas price": {
    en: "The node asks for a fee, but nobody pays any here: its operator must set min-gas-price to 0.",
    zh: "节点要求手续费，而本网络不收费：请节点运营方将 min-gas-price 设为 0。",
  },
  "Transaction gas limit cap exceeded": {
    en: "The transaction asks for more gas than the network gives to one, usually 16,777,216: send less at a time.",
    zh: "交易的 gas 上限超过网络对单笔交易的限制（通常为 16,777,216）：请分批发送。",
  },
  "Transaction nonce is too distant from current sender nonce": {
    en: "Too many transactions of this account wait to be sealed: wait for them, then send this one again.",
    zh: "该账户等待打包的交易过多：请等待后重新发送。",
  },
  "Nonce too low": {
    en: "Another transaction of this account took the same number (nonce): read the number again and send again.",
    zh: "该账户的另一笔交易已使用同一序号（nonce）：请重新读取序号后发送。",
  },
};

/** One sentence about why a node refused a request; undefined when it was not a node. */
export function nodeRefusal(error: unknown, language: Language): string | undefined {
  const message = messageOfNode(error);
  if (message === undefined) return undefined;
  const sentence = NODE_SENTENCES[message]?.[language];
  if (sentence !== undefined) return sentence;
  const words = message.replace(/\.$/, "");
  return language === "zh" ? `节点拒绝：${words}。` : `The node refused: ${words}.`;
}

/** Libraries keep a node's answer, with its negative code, somewhere behind words of their own. */
function messageOfNode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 8) return undefined;
  const { code, message, cause, info, error: answer } = error as Record<string, unknown>;
  for (const inner of [cause, info, answer]) {
    const found = messageOfNode(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return typeof code === "number" && code < 0 ? String(message) : undefined;
}
