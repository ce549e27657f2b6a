import type { DocumentKind } from "../../sdk/records/enums.ts";
import { wordsOf } from "../../sdk/types/words.ts";
import type { Sentence } from "../words/index.ts";

/** What may be sealed, in the order in which it is offered; by the words of the index. */
export const KIND_WORDS = {
  contract: { en: "contract", zh: "合同" },
  invoice: { en: "invoice", zh: "发票" },
  meterCertificate: { en: "meter certificate", zh: "计量证书" },
  credential: { en: "papers of an application", zh: "申请材料" },
  reason: { en: "reason", zh: "理由" },
  exhibit: { en: "exhibit", zh: "证物" },
  evidence: { en: "evidence of a trade", zh: "交易证据" },
  scoreCard: { en: "card of a score", zh: "评分卡" },
} as const satisfies Record<Uncapitalize<Exclude<DocumentKind, "None">>, Sentence>;
export type KindWord = keyof typeof KIND_WORDS;

/** Subjects that a form takes by their number; a meter day has two. */
export const SUBJECT_WORDS = {
  trade: { en: "trade", zh: "交易" },
  draft: { en: "draft of a claim", zh: "应收账款草稿" },
  receivable: { en: "receivable", zh: "应收账款" },
  debt: { en: "debt", zh: "债务" },
  participant: { en: "participant", zh: "参与方" },
  meterDay: { en: "meter day", zh: "计量日" },
} as const satisfies Record<string, Sentence>;
export type SubjectWord = keyof typeof SUBJECT_WORDS;

/** What everybody sees of a document, and who beside its readers could read it. */
export const WHO_SEES: Sentence = {
  en: "Everybody on the chain sees who owns a document, its kind and subject, when it was anchored, who reads it, and its length within 12 %. Its name and content are encrypted in this browser: neither the operator that keeps it, nor a node, nor a bank or an office that is no reader can open it. The auditor whom the council names reads every document, by right. Two registrars together could enrol a key of their own in a reader's place and read what is sealed for it from then on; that would stand on the chain with both their names.",
  zh: "链上人人可见：文件的所有者、类型与对象、登记时间、读者及其大致长度（误差不超过 12%）。文件名与内容在本浏览器中加密：保存密文的运营方、各节点、以及非读者的银行或机构都无法打开。理事会指定的审计方依权阅读全部文件。两名注册员若合谋，可将自己的密钥登记为某读者的密钥，从而阅读此后为其加密的文件；此举会连同两人的账户记录在链上。",
};

/** What removing a reader ends, and what it does not. */
export const STAYS_READ: Sentence = {
  en: "It is handed nothing more from now on. What it read stays read: seal a new version without it where the content changes.",
  zh: "此后不再向其交付。已读的内容无法收回：如内容有变，请另行加密一个不含该读者的新版本。",
};

export const LOST_KEY: Sentence = {
  en: "Nobody can restore a key that is lost, neither the operator nor the registrars. It costs you no document all the same: retire it, have two registrars enrol a new one, and any other reader, such as the auditor, wraps each document for the new key.",
  zh: "密钥遗失后无人能够恢复，运营方与注册员也不能。但文件不会因此丢失：请停用该密钥，由两名注册员登记新密钥，再由任一其他读者（例如审计方）为新密钥重新封装各文件。",
};

/** A kind of the contract as the index and addresses write it. */
export const wordOf = <Kind extends string>(kind: Kind): Uncapitalize<Kind> => wordsOf([kind])[0];

/** A kind as the contract has it. */
export const kindOf = <Word extends string>(word: Word) =>
  `${word[0]!.toUpperCase()}${word.slice(1)}` as Capitalize<Word>;
