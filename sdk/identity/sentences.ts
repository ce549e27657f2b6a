import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the participant registry and the second factor refuse. */
export const IDENTITY_SENTENCES: Sentences = {
  ParticipantRegistry_AccountChanged: {
    en: "The renewal of participant {id} names {account}, which is not its account now: propose it for the current one; a key is replaced by a procedure of its own.",
    zh: "参与方 {id} 的续期所填账户 {account} 不是其现用账户：请按现用账户重新提交；更换密钥另有程序。",
  },
  ParticipantRegistry_AccountNotFree: {
    en: "{account} is empty, belongs or belonged to a participant, or waits in a proposal: name another account.",
    zh: "{account} 为空、属于或曾属于某参与方，或正在审批：请填写其他账户。",
  },
  ParticipantRegistry_ApplicationMismatch: {
    en: "What is approved for participant {id} ({approved}) is not what was proposed ({proposed}): read the proposal again.",
    zh: "对参与方 {id} 批准的内容（{approved}）与提交的内容（{proposed}）不一致：请重新核对。",
  },
  ParticipantRegistry_InvalidFactor: {
    en: "{signer} is not a second factor, which is an account other than the participant's own, or a verifier contract's address followed by a key.",
    zh: "{signer} 不是有效的第二因子：须为参与方自身账户以外的账户，或验签合约地址加公钥。",
  },
  ParticipantRegistry_LimitWithoutFactor: {
    en: "A daily limit of {exposureLimitFen} is given without a second factor, which alone could lift it: enrol one, or leave the limit at 0.",
    zh: "设置了每日限额 {exposureLimitFen}，但没有可解除限额的第二因子：请登记第二因子，或将限额设为 0。",
  },
  ParticipantRegistry_NoKind: {
    en: "A participant needs at least one kind: generator, consumer, retailer or another.",
    zh: "参与方至少须有一种类型：发电企业、用户、售电公司等。",
  },
  ParticipantRegistry_NoReplacement: {
    en: "No replacement of the account of participant {id} waits: it was never proposed, or was completed, objected to or withdrawn.",
    zh: "参与方 {id} 没有待办的账户更换：未曾提交，或已完成、被异议、被撤回。",
  },
  ParticipantRegistry_NotInPerson: {
    en: "Registrars act in person: send the transaction from the registrar's own account, not through the access manager.",
    zh: "注册员须亲自操作：请用本人账户发送，不要经由权限管理合约。",
  },
  ParticipantRegistry_ReplacementMismatch: {
    en: "What is approved is not what was proposed for participant {id}: account {account}, reason {reasonHash}; read the proposal again.",
    zh: "批准的内容与为参与方 {id} 提交的不一致：提交的账户为 {account}，事由为 {reasonHash}，请重新核对。",
  },
  ParticipantRegistry_ReplacementNotApproved: {
    en: "{account} was proposed to replace the account of participant {id}, but no second registrar has approved it yet.",
    zh: "{account} 已提交用于替换参与方 {id} 的账户，但尚未经第二名注册员批准。",
  },
  ParticipantRegistry_ReplacementTooEarly: {
    en: "The account of participant {id} can be replaced from {completableAt}: until then the key in force may object.",
    zh: "参与方 {id} 的账户要到 {completableAt} 才能完成更换：此前现用密钥可以提出异议。",
  },
  ParticipantRegistry_ReplacementWaits: {
    en: "{account} waits already to replace the account of participant {id}: complete that, or have a registrar withdraw it.",
    zh: "{account} 已在等待替换参与方 {id} 的账户：请先完成，或由注册员撤回。",
  },
  ParticipantRegistry_SamePerson: {
    en: "{registrar} proposed this participant and cannot approve it: a second registrar must.",
    zh: "{registrar} 是该参与方的提交人，不能由同一人批准：须由另一名注册员批准。",
  },
  ParticipantRegistry_ValidityEnded: {
    en: "The validity ends on {validUntil}, before today, {today}: give a later day.",
    zh: "有效期至 {validUntil}，早于今天 {today}：请填写更晚的日期。",
  },
  ParticipantRegistry_WrongStatus: {
    en: "Participant {id} is not where this needs it to be (status {status}: 0 none, 1 proposed, 2 active, 3 suspended, 4 rejected).",
    zh: "参与方 {id} 的状态不允许此操作（状态 {status}：0 不存在，1 待批准，2 有效，3 暂停，4 已驳回）。",
  },
  SecondFactor_AlwaysRequired: {
    en: "What participant {participant} would hand over here has no price, so no limit covers it: have its second factor confirm {subject} first, today.",
    zh: "参与方 {participant} 在此交出的权益没有链上价格，不计入限额：请先用第二因子在当日确认 {subject}。",
  },
  SecondFactor_InvalidSignature: {
    en: "The second factor of participant {participant} did not sign the confirmation of {subject}: have it sign exactly that, with its holder verified.",
    zh: "参与方 {participant} 的第二因子没有签署对 {subject} 的确认：请用现行第二因子对此内容签名，并完成本人验证。",
  },
  SecondFactor_NoFactor: {
    en: "Participant {participant} has no second factor: two registrars enrol one by a renewal.",
    zh: "参与方 {participant} 没有第二因子：须由两名注册员通过续期登记。",
  },
  SecondFactor_Required: {
    en: "Participant {participant} has committed {exposureFen} today and {amountFen} more would pass its limit of {exposureLimitFen}: have its second factor confirm {subject} first.",
    zh: "参与方 {participant} 今日已承诺 {exposureFen}，再加 {amountFen} 将超过限额 {exposureLimitFen}：请先用第二因子确认 {subject}。",
  },
};
