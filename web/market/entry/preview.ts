import type { Side } from "../../../sdk/market/order.ts";
import type { Language, Sentence } from "../../../sdk/types/sentence.ts";
import { formatDay } from "../../../sdk/types/time.ts";
import { kwh, mwh, unbroken, written, yuan, yuanPerMwh } from "../../words/format.ts";
import type { EntryTotals, Violation } from "./totals.ts";

/** What is about to be signed, in a sentence: its figures are those of the order. */
export function previewOf({ order, amountFen, networkFen, cost }: EntryTotals): Sentence {
  const date = unbroken(formatDay(order.day));
  const of = (language: Language) => ({
    energy: written(mwh(language, order.totalEnergyWh)),
    amount: written(yuan(language, amountFen)),
    network: written(yuan(language, networkFen)),
    max: written(yuan(language, order.maxFen)),
    held: written(yuan(language, cost.lockedFen)),
    terms: written(yuan(language, cost.termsFen)),
  });
  const [en, zh] = [of("en"), of("zh")];
  if (order.side === "sell") {
    return {
      en: `You offer ${en.energy} on ${date}, each slot for no less than its price, ${en.amount} in all. Up to ${en.max} of your margin stands behind it if you deliver less than you sold.`,
      zh: `您将于 ${date} 出售 ${zh.energy}，各时段价格不低于所列限价，合计不少于 ${zh.amount}。若交付不足，最多以 ${zh.max} 交易保证金承担。`,
    };
  }
  const due = order.paymentDays;
  return {
    en: `You buy up to ${en.energy} on ${date}, each slot for no more than its price, ${en.amount} at most, and ${en.network} for the network: no more than ${en.max} in all. ${due === 0 ? `${en.held} of your margin is drawn on at most.` : `You pay ${due} days after delivery; ${en.held} of your margin is drawn on at most, and ${en.terms} bought on terms.`}`,
    zh: `您将于 ${date} 购买至多 ${zh.energy}，各时段价格不高于所列限价，电费最多 ${zh.amount}，过网费 ${zh.network}，总计不超过 ${zh.max}。${due === 0 ? `最多动用交易保证金 ${zh.held}。` : `交割后 ${due} 天付款；最多动用交易保证金 ${zh.held}，账期购电 ${zh.terms}。`}`,
  };
}

/** What is wrong with a slot, and what would not be. */
export function wordsOfViolation(
  violation: Violation,
  { floor, cap, lotWh, slotLimitWh }: { floor: number; cap: number; lotWh: number; slotLimitWh: bigint },
): Sentence {
  switch (violation) {
    case "AboveCapacity":
      return {
        en: `above the meter's limit of ${written(kwh("en", slotLimitWh))} a slot, with what it sold already`,
        zh: `连同已售电量超过计量点每时段上限 ${written(kwh("zh", slotLimitWh))}`,
      };
    case "PriceOutsideLimits":
      return {
        en: `priced outside ${written(yuanPerMwh("en", floor))} to ${written(yuanPerMwh("en", cap))}`,
        zh: `价格超出 ${written(yuanPerMwh("zh", floor))} 至 ${written(yuanPerMwh("zh", cap))}`,
      };
    case "NotInLots":
      return {
        en: `no multiple of the lot of ${written(kwh("en", BigInt(lotWh)))}`,
        zh: `不是最小交易单位 ${written(kwh("zh", BigInt(lotWh)))} 的整数倍`,
      };
  }
}

/** The word for a side. */
export const wordsOfSide = (side: Side): Sentence =>
  side === "sell" ? { en: "Sell", zh: "卖出" } : { en: "Buy", zh: "买入" };
