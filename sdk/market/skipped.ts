import type { Language, Sentence } from "../types/sentence.ts";
import type { SkipReason } from "./enums.ts";

/** Why a leg or a sale was left out of a round, for people. */
export const SKIP_SENTENCES: Record<SkipReason, Sentence> = {
  None: { en: "Nothing was left out.", zh: "没有跳过任何内容。" },
  InvalidBands: {
    en: "The order's bands overlap, are empty or out of order: sign it again with bands in order of time.",
    zh: "报单的时段重叠、为空或次序有误：请按时间先后重新签署。",
  },
  WrongTotals: {
    en: "The order's totals are not those of its bands: sign it again with totals that add up.",
    zh: "报单的合计与各时段不符：请按正确合计重新签署。",
  },
  InvalidSignature: {
    en: "The order's signature is not its trader's, or the account did not sign it on chain.",
    zh: "报单签名并非交易者所签，或其账户未在链上签署。",
  },
  Expired: { en: "The order expired before it could be opened.", zh: "报单在上链之前已过期。" },
  Cancelled: { en: "The order was taken back before it could be opened.", zh: "报单在上链之前已撤回。" },
  TraderNotGood: {
    en: "The trader is suspended, or its licence has ended: the registrar says which.",
    zh: "交易者已被暂停，或其资格已到期：详情请询注册员。",
  },
  MeterNotTradable: {
    en: "The meter is closed, measures the other direction, or somebody else trades for it now.",
    zh: "计量点已停用、方向不符，或现由他人代理交易。",
  },
  PaymentTermTooLong: {
    en: "The payment term is longer than the rules allow between these two: a large firm pays a small one sooner.",
    zh: "账期超过规则对双方的允许：大型企业向中小企业付款须更早。",
  },
  StaleFill: {
    en: "The order was filled elsewhere meanwhile, and what was left of it did not fit any more.",
    zh: "报单此间已在别处成交，剩余部分不再相符。",
  },
  StalePosition: {
    en: "The plant kept selling to others meanwhile: what is left is matched again.",
    zh: "电站此间多次另行售出：剩余部分将重新撮合。",
  },
  AboveCapacity: {
    en: "The plant would have been sold beyond its capacity in a slot.",
    zh: "电站某时段的售电量将超过其容量。",
  },
  UnknownPrice: { en: "The round had no price for the meter's zone.", zh: "本轮没有该计量点所在分区的价格。" },
  BuyOrderSkipped: {
    en: "The purchase could not be opened as a whole: what is wrong with it stands with the buyer's order.",
    zh: "买单整体未能上链：原因见买方报单。",
  },
  SameParty: { en: "Seller and buyer are the same participant.", zh: "买卖双方是同一参与方。" },
  NotEligible: {
    en: "The plant is too large, or at too high a voltage, to sell to its neighbours over this grid.",
    zh: "电站规模或电压等级超出隔墙售电的条件。",
  },
  NothingToFill: { en: "Nothing was left to trade.", zh: "已没有可成交的电量。" },
  ExceedsOrder: {
    en: "It was more than the order had left, or not at its limit.",
    zh: "成交量超过报单剩余电量，或不符合其限价。",
  },
  ExceedsMaximum: {
    en: "It would have cost more than the most that the trader signed for.",
    zh: "所需金额超过交易者签署的上限。",
  },
  InsufficientMargin: {
    en: "A trader's margin does not cover it, or its allowance to buy on terms: lock more, and hand in an order again.",
    zh: "一方的交易保证金或账期购电额度不足：请追加后重新申报。",
  },
  BuyerInDefault: {
    en: "The buyer is in default on what it owes and buys on terms again once it has paid.",
    zh: "买方处于违约状态：清偿之前不能再以账期购电。",
  },
  NotContinuous: {
    en: "The order is for the auction alone, and was matched continuously.",
    zh: "报单仅参加集中出清，不参加连续撮合。",
  },
  CertificatesDiffer: {
    en: "Only one of the two orders has green certificates go with the energy, or the plant gets none.",
    zh: "双方对绿证是否随电量转移约定不同，或该电站不核发绿证。",
  },
  BelowLeast: {
    en: "It was less than a lot, or came to nothing to pay at a price above zero.",
    zh: "成交量不足一个最小交易单位，或以大于零的价格计算仍无应付金额。",
  },
};

/** Says why something was left out of a round, in one sentence. */
export function explainSkip(reason: SkipReason, language: Language = "en"): string {
  return SKIP_SENTENCES[reason][language];
}
