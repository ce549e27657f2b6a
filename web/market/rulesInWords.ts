import { count, type Language, percent, type Sentence, written, yuanPerMwh } from "../words/index.ts";
import type { Rules } from "./marketDay.ts";

/** One rule as a sentence; `name` says which one it is in every rule set. */
export interface RuleSentence {
  name: string;
  words: Sentence;
}

/** What a rule set asks, a sentence each. */
export function sentencesOfRules(rules: Rules): RuleSentence[] {
  const limits = (name: string, season: Sentence, { floor, cap }: Rules["wet"]): RuleSentence => ({
    name,
    words: inBoth((language) => ({
      en: `Prices in the ${season.en} season lie from ${price(language, floor)} to ${price(language, cap)}.`,
      zh: `${season.zh}期价格在 ${price(language, floor)} 至 ${price(language, cap)} 之间。`,
    })),
  });
  return [
    {
      name: "wet season",
      words: {
        en: `The wet season lasts from ${monthDay(rules.wetFrom)} to ${monthDay(rules.wetUntil)}.`,
        zh: `丰水期为 ${monthDay(rules.wetFrom)} 至 ${monthDay(rules.wetUntil)}。`,
      },
    },
    limits("wet prices", { en: "wet", zh: "丰水" }, rules.wet),
    limits("dry prices", { en: "dry", zh: "枯水" }, rules.dry),
    {
      name: "bond",
      words: inBoth((language) => ({
        en: `A seller holds ${rate(language, rules.bondRateBp)} of the energy amount as bond.`,
        zh: `卖方履约保证金为电费的 ${rate(language, rules.bondRateBp)}。`,
      })),
    },
    {
      name: "terms",
      words: {
        en: `Payment is due at most ${rules.maxPaymentDays} days after delivery; ${rules.smallSellerPaymentDays} days where a large firm buys from a smaller one.`,
        zh: `付款期限最长为交付后 ${rules.maxPaymentDays} 天；大型企业向中小微企业购电时为 ${rules.smallSellerPaymentDays} 天。`,
      },
    },
    {
      name: "advance",
      words: {
        en: `A day can be traded from ${rules.maxAdvanceDays} days before it.`,
        zh: `交割日前 ${rules.maxAdvanceDays} 天起可以交易。`,
      },
    },
    {
      name: "closing",
      words: {
        en: `The book closes ${duration(rules.cutOffLeadSeconds).en} before the day begins, and auctions end ${duration(rules.gateLeadSeconds).en} before it.`,
        zh: `订单簿于交割日开始前 ${duration(rules.cutOffLeadSeconds).zh}截止，集中出清于其前 ${duration(rules.gateLeadSeconds).zh}结束。`,
      },
    },
    {
      name: "lot",
      words: inBoth((language) => ({
        en: `The least energy of a trade is ${count(language, rules.lotWh)}\u00a0Wh.`,
        zh: `单笔交易的最小电量为 ${count(language, rules.lotWh)}\u00a0Wh。`,
      })),
    },
  ];
}

/** What differs from the rules before, the sentence before and the one now. */
export function changesBetween(before: Rules, now: Rules): { before: Sentence; now: Sentence }[] {
  const old = new Map(sentencesOfRules(before).map(({ name, words }) => [name, words]));
  return sentencesOfRules(now).flatMap(({ name, words }) => {
    const said = old.get(name);
    return said === undefined || said.en === words.en ? [] : [{ before: said, now: words }];
  });
}

const inBoth = (write: (language: Language) => Sentence): Sentence => ({ en: write("en").en, zh: write("zh").zh });
const price = (language: Language, fenPerMWh: number) => written(yuanPerMwh(language, fenPerMWh));
const rate = (language: Language, bp: number) => written(percent(language, bp));

/** 601 -> "06-01", whose hyphen does not break. */
const monthDay = (number: number) =>
  `${String(Math.floor(number / 100)).padStart(2, "0")}\u2011${String(number % 100).padStart(2, "0")}`;

function duration(seconds: number): Sentence {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = [
    hours > 0 ? { en: `${hours} h`, zh: `${hours} 小时` } : undefined,
    minutes > 0 || hours === 0 ? { en: `${minutes} min`, zh: `${minutes} 分钟` } : undefined,
  ].filter((part) => part !== undefined);
  return { en: parts.map(({ en }) => en).join(" "), zh: parts.map(({ zh }) => zh).join("") };
}
