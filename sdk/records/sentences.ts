import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the registry of documents refuses. */
export const RECORDS_SENTENCES: Sentences = {
  DocumentRegistry_AlreadyAnchored: {
    en: "Document {id} is anchored already.",
    zh: "文件 {id} 已登记。",
  },
  DocumentRegistry_InvalidDocument: {
    en: "The document's {field} is missing or does not fit: give kind, size, all hashes, and a number where it is about something.",
    zh: "文件的 {field} 缺失或无效：请填写类型、大小和各哈希，有事项时须有编号。",
  },
  DocumentRegistry_InvalidKey: {
    en: "{x}, {y} is no point of P-256: enrol a public key that the reader's program made.",
    zh: "{x}, {y} 不是 P-256 上的点：请登记读者程序生成的公钥。",
  },
  DocumentRegistry_InvalidReader: {
    en: "{reader} cannot read: name an approved participant by number, or an office by its account.",
    zh: "{reader} 不能作为读者：请填写已批准参与方的编号或机构账户。",
  },
  DocumentRegistry_KeyMismatch: {
    en: "The key approved for reader {reader} is not the one proposed: compare the fingerprint again.",
    zh: "为读者 {reader} 批准的密钥与提交的不一致：请重新核对指纹。",
  },
  DocumentRegistry_MustRead: {
    en: "Reader {reader} is owner or auditor, who always read: give it an envelope, and do not remove it.",
    zh: "读者 {reader} 是所有者或审计方，必须能够阅读：请附上信封，且不得移除。",
  },
  DocumentRegistry_NoAuditor: {
    en: "No auditor is named yet: the council names one first.",
    zh: "尚未指定审计方：请先由联盟理事会指定。",
  },
  DocumentRegistry_NoDocument: {
    en: "No document {id} is anchored.",
    zh: "没有登记文件 {id}。",
  },
  DocumentRegistry_NoKey: {
    en: "Reader {reader} has no reading key in force: two registrars enrol one first.",
    zh: "读者 {reader} 没有有效的阅读密钥：请先由两名注册员登记。",
  },
  DocumentRegistry_NoProposal: {
    en: "No key of reader {reader} waits for approval: it was never proposed, or was approved or rejected.",
    zh: "读者 {reader} 没有待批准的密钥：未曾提交，或已批准、已驳回。",
  },
  DocumentRegistry_NotAllowed: {
    en: "{caller} may not do this with document {id}: its owner adds and removes readers, readers only the auditor or for a new key.",
    zh: "{caller} 无权对文件 {id} 进行此操作：增减读者由所有者办理，其他读者只能加入审计方或为新密钥封装。",
  },
  DocumentRegistry_NotAReader: {
    en: "{reader} is no reader of document {id}.",
    zh: "{reader} 不是文件 {id} 的读者。",
  },
  DocumentRegistry_NotInPerson: {
    en: "Registrars act in person: send the transaction from the registrar's own account, not through the access manager.",
    zh: "注册员须亲自操作：请用本人账户发送，不要经由权限管理合约。",
  },
  DocumentRegistry_NotReplaceable: {
    en: "Document {predecessor} cannot be replaced by this one: name the latest version, of the same owner and kind.",
    zh: "不能以此替代文件 {predecessor}：请填写同一所有者、同一类型的最新版本。",
  },
  DocumentRegistry_ReadsAlready: {
    en: "{reader} reads document {id} already, or is named twice.",
    zh: "{reader} 已是文件 {id} 的读者，或重复填写。",
  },
  DocumentRegistry_SamePerson: {
    en: "{registrar} proposed this key and cannot decide on it: a second registrar must.",
    zh: "{registrar} 是该密钥的提交人，须由另一名注册员办理。",
  },
  DocumentRegistry_WrongKey: {
    en: "The envelope of reader {reader} is for key {key}, but {inForce} is in force: wrap it again.",
    zh: "读者 {reader} 的信封按第 {key} 号密钥封装，有效的是第 {inForce} 号：请重新封装。",
  },
};
