import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the credit ledger refuses. */
export const CREDIT_SENTENCES: Sentences = {
  CreditLedger_NotFinished: {
    en: "Trade {id} is neither settled nor ruled on: what is open counts for nothing yet.",
    zh: "交易 {id} 尚未结算或裁定：未了结的交易暂不计入信用。",
  },
  CreditLedger_NothingToCount: {
    en: "Debt {id} shows nothing that was not counted before: it is counted when it is discharged, in default or in arrears.",
    zh: "债务 {id} 没有新的可计事项：清偿、违约或拖欠时才计入信用。",
  },
  CreditLedger_WrongTerms: {
    en: "These are not the terms, outcome or energy of trade {id}: build the arguments from the logs.",
    zh: "所给条款、结果或电量与交易 {id} 不符：请由日志重建参数。",
  },
};
