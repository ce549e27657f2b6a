import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the registry of documents refuses. */
export const RECORDS_SENTENCES: Sentences = {
  DocumentRegistry_AlreadyAnchored: {
    en: "Document {id} is anchored already: nothing is to be done again.",
    zh: "文件 {id} 已登记：无需重复操作。",
  },
  DocumentRegistry_InvalidDocument: {
    en: "The document's {field} is missing or does not fit: a document needs a kind, a size, hashes of ciphertext, file and envelopes, and a number where it is about something.",
    zh: "文件的 {field} 缺失或无效：须有类型、大小以及密文、文件和信封的哈希；写明事项时须有其编号。",
  },
  DocumentRegistry_InvalidKey: {
    en: "{x}, {y} is no point of the curve P-256: enrol a public key that the reader's program wrote.",
    zh: "{x}, {y} 不是 P-256 曲线上的点：请登记由读者的程序生成的公钥。",
  },
  DocumentRegistry_InvalidReader: {
    en: "{reader} cannot be a reader: name an approved participant by its number, or the account of an office that is no participant.",
    zh: "{reader} 不能作为读者：请填写已批准参与方的编号，或非参与方机构的账户。",
  },
  DocumentRegistry_KeyMismatch: {
    en: "The key that is approved for reader {reader} is not the one that was proposed: compare the fingerprint again.",
    zh: "为读者 {reader} 批准的密钥与提交的不一致：请重新核对指纹。",
  },
  DocumentRegistry_MustRead: {
    en: "Reader {reader} is the owner or the auditor, who always read: give it an envelope, and do not remove it.",
    zh: "读者 {reader} 是所有者或审计方，必须能够阅读：请为其附上信封，且不得移除。",
  },
  DocumentRegistry_NoAuditor: {
    en: "No auditor is named, who reads every document: the council names one first.",
    zh: "尚未指定可阅读全部文件的审计方：请先由联盟理事会指定。",
  },
  DocumentRegistry_NoDocument: {
    en: "No document {id} is anchored on this chain.",
    zh: "本链上没有登记文件 {id}。",
  },
  DocumentRegistry_NoKey: {
    en: "Reader {reader} has no reading key in force: two registrars enrol one first.",
    zh: "读者 {reader} 没有有效的阅读密钥：请先由两名注册员登记。",
  },
  DocumentRegistry_NoProposal: {
    en: "No key waits for approval for reader {reader}: it was never proposed, or was approved or rejected.",
    zh: "读者 {reader} 没有待批准的密钥：未曾提交，或已批准、已驳回。",
  },
  DocumentRegistry_NotAllowed: {
    en: "{caller} may not do this with document {id}: its owner adds and removes readers; readers add the auditor in charge, and wrap again for a key that was replaced.",
    zh: "{caller} 无权对文件 {id} 进行此操作：增减读者由所有者办理；其他读者只能加入现任审计方，或为已更换的密钥重新封装。",
  },
  DocumentRegistry_NotAReader: {
    en: "{reader} is no reader of document {id}: its owner adds readers.",
    zh: "{reader} 不是文件 {id} 的读者：由所有者增加读者。",
  },
  DocumentRegistry_NotInPerson: {
    en: "Registrars act in person: send the transaction from the registrar's own account, not through the access manager.",
    zh: "注册员须亲自操作：请用本人账户发送，不要经由权限管理合约。",
  },
  DocumentRegistry_NotReplaceable: {
    en: "Document {predecessor} cannot be replaced by this one: it is another owner's or of another kind, or has a successor already; name the latest version.",
    zh: "不能以此替代文件 {predecessor}：其所有者或类型不同，或已有后续版本；请填写最新版本。",
  },
  DocumentRegistry_ReadsAlready: {
    en: "{reader} reads document {id} already, or is named twice: leave it out.",
    zh: "{reader} 已是文件 {id} 的读者，或重复填写：请去掉。",
  },
  DocumentRegistry_SamePerson: {
    en: "{registrar} proposed this key and cannot decide on it: a second registrar must.",
    zh: "{registrar} 是该密钥的提交人，不能由同一人决定：须由另一名注册员办理。",
  },
  DocumentRegistry_WrongKey: {
    en: "The envelope of reader {reader} is wrapped for key {key}, but key {inForce} is in force: wrap it again.",
    zh: "读者 {reader} 的信封按第 {key} 号密钥封装，而有效的是第 {inForce} 号：请重新封装。",
  },
};
