import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the debt ledger refuses. */
export const DEBTS_SENTENCES: Sentences = {
  DebtLedger_AlreadyPosted: {
    en: "A debt of code {code} was posted from {source} before: each source is posted once.",
    zh: "代码 {code} 的债务已按来源 {source} 入账：同一来源只能入账一次。",
  },
  DebtLedger_InvalidAmount: {
    en: "{amountFen} is not what can be paid or taken back of debt {id}: it is more than nothing and at most {owedFen}.",
    zh: "债务 {id} 不能支付或冲减 {amountFen}：金额须大于零且不超过 {owedFen}。",
  },
  DebtLedger_InvalidTerms: {
    en: "What is posted from {source} is no debt: two participants and an amount above zero are needed.",
    zh: "来源 {source} 不构成债务：须有两个不同的参与方和大于零的金额。",
  },
  DebtLedger_NoEvidence: {
    en: "Say what this rests on for debt {id}: name the document, or give the keccak256 of its file, not zero.",
    zh: "请说明债务 {id} 此操作的依据：填写证明文件的编号或其 keccak256，不能为零。",
  },
  DebtLedger_NotClaimable: {
    en: "Debt {id} cannot be divided, reduced or paid out by {book}: it is divided into units already, cannot be, or is not; or this is no approved book.",
    zh: "{book} 不能对债务 {id} 拆分、冲减或分付：该债务已拆分、不可拆分或未拆分，或该合约未获批准。",
  },
  DebtLedger_NotInArrears: {
    en: "Debt {id} can be written off from {arrearsAt} on, when it is more than 60 days late.",
    zh: "债务 {id} 逾期超过 60 天后方可核销，即自 {arrearsAt} 起。",
  },
  DebtLedger_NotInDefault: {
    en: "Debt {id} is not in default: it is discharged or declared already, or its grace lasts until {defaultsAt}.",
    zh: "债务 {id} 未违约：已清偿、已宣告，或宽限期至 {defaultsAt}。",
  },
  DebtLedger_NotMutual: {
    en: "Debts {one} and {other} cannot be set off: they must be between the same two, opposite ways, both due and not divided into units.",
    zh: "债务 {one} 与 {other} 不能互抵：须为相同双方互负、均已到期且未拆分。",
  },
  DebtLedger_NotParty: {
    en: "{caller} does not act for participant {party}, who alone may do this.",
    zh: "{caller} 不代表参与方 {party}，只有该方可以进行此操作。",
  },
  DebtLedger_NotPoster: {
    en: "{caller} may not post or reduce debts of code {code}: the council approves a poster for each code.",
    zh: "{caller} 不能入账或冲减代码 {code} 的债务：入账方须由理事会按代码批准。",
  },
  DebtLedger_StandStillTooLong: {
    en: "The clock of debt {id} cannot stand still until {until}: a stand-still ends within 30 days of the first one.",
    zh: "债务 {id} 不能中止计时至 {until}：中止自首次起不超过 30 天。",
  },
  DebtLedger_WrongStatus: {
    en: "Debt {id} is not where this needs it to be (status {status}: 0 none, 1 outstanding, 2 in default, 3 being recovered, 4 written off, 5 discharged).",
    zh: "债务 {id} 的状态不允许此操作（状态 {status}：0 不存在，1 未清偿，2 违约，3 追偿中，4 已核销，5 已清偿）。",
  },
};
