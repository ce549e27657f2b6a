import { explainSkip, type Language, SKIP_REASONS, type SkipReason } from "../../../sdk/index.ts";
import type { Words } from "../../gateway/language.ts";

/** What a leg that was not opened failed for, in one sentence. */
export function skipSentence(reason: string, language: Language): string {
  const [name = "", cause] = reason.split(": ");
  const own = OWN[name];
  if (own !== undefined) return own[language];
  if (cause === undefined) return isSkipReason(name) ? explainSkip(name, language) : name;
  const why = CAUSES[cause];
  const inWords = why === undefined ? cause : explainSkip(why, language);
  return language === "zh" ? `买单：${inWords}` : `The purchase: ${inWords}`;
}

/** What kept the service itself from opening a leg. */
const OWN: Record<string, Words> = {
  GateClosed: {
    en: "The chain closed the book or the gate of the day before the trade could be opened.",
    zh: "上链之前，该日交易已截止或关闸。",
  },
  ClearedAgain: {
    en: "Nothing of the book was opened yet, and it was cleared again without an order that the chain left out.",
    zh: "该簿尚未有成交上链，已剔除链上未接受的报单并重新出清。",
  },
  NotInCharge: {
    en: "Another contract settles this day: the trade belongs there.",
    zh: "该日由另一合约结算：应在该处交易。",
  },
  TooMuchGas: {
    en: "Opening the trade takes more gas than the network gives to one transaction: sign with fewer bands.",
    zh: "该笔交易所需 gas 超过网络对单笔的上限：请减少时段数后重新签署。",
  },
  Undone: {
    en: "The chain undid the transaction that was to open the trade, several times.",
    zh: "用于上链的交易多次被链回滚。",
  },
};

/** What is wrong with a purchase is known by what it would be refused for at the door. */
const CAUSES: Record<string, SkipReason> = {
  Expired: "Expired",
  NonceUsed: "Cancelled",
  ParticipantNotGood: "TraderNotGood",
  MeterNotTradable: "MeterNotTradable",
  PaymentTermTooLong: "PaymentTermTooLong",
  BuyerInDefault: "BuyerInDefault",
  AboveMaximum: "ExceedsMaximum",
};

function isSkipReason(name: string): name is SkipReason {
  return (SKIP_REASONS as readonly string[]).includes(name);
}
