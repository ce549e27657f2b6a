import type { Sentence } from "../words/index.ts";

/** Whether the seller of units answers for payment: always in words, since it decides who bears the debtor's risk. */
export const recourseWords = (recourse: boolean): Sentence =>
  recourse
    ? {
        en: "With recourse: if the debtor does not pay, the seller of the claim answers to the bank for it.",
        zh: "有追索权：债务人不付款时，由转让方向银行承担偿付责任。",
      }
    : {
        en: "Without recourse: whether the debtor pays is the bank's risk.",
        zh: "无追索权：债务人不付款的风险由银行承担。",
      };

/** The same in a cell. */
export const recourseTag = (recourse: boolean): Sentence =>
  recourse ? { en: "with recourse", zh: "有追索权" } : { en: "without recourse", zh: "无追索权" };

export const REQUEST_WORDS: Record<string, Sentence> = {
  open: { en: "open", zh: "征集报价中" },
  financed: { en: "financed", zh: "已融资" },
  cancelled: { en: "withdrawn", zh: "已撤回" },
};

export const BID_WORDS: Record<string, Sentence> = {
  funded: { en: "money held", zh: "资金已冻结" },
  accepted: { en: "accepted", zh: "已接受" },
  released: { en: "released", zh: "已释放" },
};

export const DRAFT_WORDS: Record<string, Sentence> = {
  drafted: { en: "waits for the debtor", zh: "待债务人确权" },
  confirmed: { en: "confirmed", zh: "已确权" },
  cancelled: { en: "withdrawn", zh: "已撤回" },
  refused: { en: "refused", zh: "已拒绝" },
};

export const PLEDGE_WORDS: Record<string, Sentence> = {
  live: { en: "in force", zh: "有效" },
  paid: { en: "paid", zh: "已受偿" },
  released: { en: "released", zh: "已解除" },
};

/** A request that takes bids until a day, by the chain's day. */
export const requestWords = (status: string, lastDate: string, today: string): Sentence =>
  status === "open" && lastDate < today ? { en: "ended", zh: "已截止" } : REQUEST_WORDS[status]!;
