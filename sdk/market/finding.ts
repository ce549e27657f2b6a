import { IDENTITY_SENTENCES } from "../identity/sentences.ts";
import { MONEY_SENTENCES } from "../money/sentences.ts";
import { DujiangError } from "../types/errors.ts";
import { fillIn } from "../types/fillIn.ts";
import { joined, type Sentence, type Sentences } from "../types/sentence.ts";
import { MARKET_SENTENCES } from "./sentences.ts";

/** One reason why the chain, or the market operator's door, would refuse something. */
export interface Finding {
  /** For programs: "GateClosed". */
  code: FindingCode;
  sentences: Sentence;
  /** The figures behind it, by their names in the sentence. */
  figures: Readonly<Record<string, unknown>>;
}

/** Errors of the contracts that can be foreseen, by what they are called there. */
const FORESEEN = {
  AboveCapacity: "TradeEscrow_AboveCapacity",
  AboveMaximum: "TradeEscrow_AboveMaximum",
  BelowLeast: "TradeEscrow_BelowLeast",
  BuyerInDefault: "TradeEscrow_BuyerInDefault",
  ConfirmationNeeded: "SecondFactor_Required",
  DepositsFrozen: "DepositToken_Frozen",
  Expired: "TradeEscrow_Expired",
  GateClosed: "TradeEscrow_GateClosed",
  InsufficientDeposits: "DepositToken_InsufficientFree",
  InvalidBands: "TradeEscrow_InvalidBands",
  MeterNotTradable: "TradeEscrow_MeterNotTradable",
  NoCertificates: "TradeEscrow_NoCertificates",
  NonceUsed: "TradeEscrow_NonceUsed",
  NotEligible: "TradeEscrow_NotEligible",
  NotInCharge: "TradeEscrow_NotInCharge",
  NotOptedIn: "DepositToken_NotOptedIn",
  ParticipantNotGood: "TradeEscrow_ParticipantNotGood",
  PaymentTermTooLong: "TradeEscrow_PaymentTermTooLong",
  PriceOutsideLimits: "TradeEscrow_PriceOutsideLimits",
  SameParty: "TradeEscrow_SameParty",
  UnknownPayee: "TradeEscrow_UnknownPayee",
  WrongTotals: "TradeEscrow_WrongTotals",
} as const;
const SENTENCES: Sentences = { ...MARKET_SENTENCES, ...MONEY_SENTENCES, ...IDENTITY_SENTENCES };

/** What no contract says: margin is drawn on by rounds alone, and what rounds trade is the market operator's to say. */
const OWN = {
  InsufficientAllowance: {
    en: "The order can come to owe {neededFen}, and of the {coverFen} that may be bought on terms {backingFen} backs open orders already: allow more, or sign for less.",
    zh: "该报单最多形成账期欠款 {neededFen}，账期购电额度 {coverFen} 中已有 {backingFen} 用于未完成报单：请追加额度或减少申报。",
  },
  InsufficientMargin: {
    en: "The order can cost {neededFen}, and of the {coverFen} locked as margin {backingFen} backs open orders already: lock more, or sign for less.",
    zh: "该报单最多需 {neededFen}，交易保证金 {coverFen} 中已有 {backingFen} 用于未完成报单：请追加交易保证金或减少申报。",
  },
  NoCertificateBook: {
    en: "Rounds trade energy without green certificates: sign the order without them, or trade bilaterally.",
    zh: "集中交易不含绿证：请签署不含绿证的报单，或双边交易。",
  },
  NotInLots: {
    en: "{band} is for {energyWh} a slot, which is no multiple of the lot of {lotWh}: round it to whole lots.",
    zh: "{band} 每时段电量 {energyWh} 不是最小交易单位 {lotWh} 的整数倍：请取整。",
  },
} as const satisfies Sentences;

/** What a finding can be about. */
export type FindingCode = keyof typeof FORESEEN | keyof typeof OWN;

/** A finding in the words of the contract that would refuse, or in our own where none would. */
export function finding(code: FindingCode, figures: Finding["figures"]): Finding {
  const { en, zh } = code in OWN ? OWN[code as keyof typeof OWN] : SENTENCES[FORESEEN[code as keyof typeof FORESEEN]]!;
  return { code, sentences: { en: fillIn(en, figures), zh: fillIn(zh, figures) }, figures };
}

/** Thrown instead of asking a wallet to sign what would be refused: all reasons at once, a line each. */
export class FoundWanting extends DujiangError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(joined(findings.map(({ sentences }) => sentences)));
    this.findings = findings;
  }
}

/** Goes on only if nothing was found. @throws FoundWanting otherwise, with all findings */
export function requireNothingFound(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new FoundWanting(findings);
}
