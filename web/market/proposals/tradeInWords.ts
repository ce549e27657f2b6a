import type { Trade } from "../../../sdk/market/trade.ts";
import type { Language, Sentence } from "../../../sdk/types/sentence.ts";
import { formatDay } from "../../../sdk/types/time.ts";
import { mwh, unbroken, written, yuan } from "../../words/format.ts";

/** What both parties sign, in a sentence: its figures are those of the trade. */
export function tradeInWords(trade: Trade): Sentence {
  const date = unbroken(formatDay(trade.day));
  const of = (language: Language) => ({
    energy: written(mwh(language, trade.totalEnergyWh)),
    amount: written(yuan(language, trade.totalAmountFen)),
    most: written(yuan(language, trade.maxPaymentFen)),
    bond: written(yuan(language, trade.maxBondFen)),
  });
  const [en, zh] = [of("en"), of("zh")];
  const days = trade.paymentDays;
  return {
    en: `Meter ${trade.sellerMeter} delivers ${en.energy} to meter ${trade.buyerMeter} on ${date} for ${en.amount}. The buyer pays at most ${en.most} with the network charge, ${days === 0 ? "held from opening" : `${days} days after delivery`}; the seller puts up a bond of at most ${en.bond}${trade.greenCertificates ? "; the green certificates go with it" : ""}.`,
    zh: `计量点 ${trade.sellerMeter} 于 ${date} 向计量点 ${trade.buyerMeter} 交付 ${zh.energy}，电费 ${zh.amount}。买方含输配电费最多支付 ${zh.most}，${days === 0 ? "自成交起冻结款项" : `交付后 ${days} 天付款`}；卖方履约保证金最多 ${zh.bond}${trade.greenCertificates ? "；含绿证" : ""}。`,
  };
}
