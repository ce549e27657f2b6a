import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the deposit token refuses. */
export const MONEY_SENTENCES: Sentences = {
  DepositToken_ExceedsHold: {
    en: "{notary} holds {heldFen} of participant {payer}'s deposits, but {amountFen} would be moved: a notary moves at most what it holds.",
    zh: "{notary} 冻结参与方 {payer} 的存款为 {heldFen}，不足以划转 {amountFen}：划转不能超过冻结额。",
  },
  DepositToken_Frozen: {
    en: "The deposits of participant {participant} are frozen by the bank: nothing new can be paid or held from them.",
    zh: "参与方 {participant} 的存款已被银行冻结：不能再支付或冻结新的款项。",
  },
  DepositToken_InsufficientFree: {
    en: "Participant {participant} has {freeFen} free, but {amountFen} is needed: deposit more, or wait until holds are released.",
    zh: "参与方 {participant} 可用余额为 {freeFen}，需要 {amountFen}：请存入款项，或等待冻结款项释放。",
  },
  DepositToken_LengthMismatch: {
    en: "Two lists that belong together have {left} and {right} entries: give as many of each.",
    zh: "两个对应列表的长度分别为 {left} 和 {right}：须一一对应。",
  },
  DepositToken_NotNotary: {
    en: "{notary} was never approved to hold deposits: the council approves notaries.",
    zh: "{notary} 从未获准冻结存款：须先由治理批准。",
  },
  DepositToken_NotOptedIn: {
    en: "Participant {participant} has not let {notary} hold its deposits: opt in first.",
    zh: "参与方 {participant} 尚未授权 {notary} 冻结其存款：请先授权。",
  },
  DepositToken_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
  },
  DepositToken_ReferenceUsed: {
    en: "The bank's reference {bankReference} was booked before: each entry of the bank is booked once.",
    zh: "银行流水号 {bankReference} 已入账：每笔流水只能入账一次。",
  },
  DepositToken_UnknownParticipant: {
    en: "There is no participant {participant} who could be paid: check the number.",
    zh: "收款参与方 {participant} 不存在：请核对编号。",
  },
  ERC20InsufficientAllowance: {
    en: "{spender} may still move {allowance:Fen} of these deposits, but {needed:Fen} is needed: have the holder approve more.",
    zh: "{spender} 可动用的授权额度为 {allowance:Fen}，需要 {needed:Fen}：请持有人提高授权额度。",
  },
  ERC20InsufficientBalance: {
    en: "{sender} has deposits of {balance:Fen}, but {needed:Fen} is needed.",
    zh: "{sender} 的存款余额为 {balance:Fen}，需要 {needed:Fen}。",
  },
  ERC20InvalidApprover: {
    en: "{approver} cannot let others move its deposits: an account must stand there.",
    zh: "{approver} 不能授权他人动用存款：须为有效账户。",
  },
  ERC20InvalidReceiver: {
    en: "{receiver} cannot receive deposits: name the account of a participant.",
    zh: "{receiver} 不能接收存款：请填写参与方的账户。",
  },
  ERC20InvalidSender: {
    en: "{sender} cannot send deposits: name the account of a participant.",
    zh: "{sender} 不能转出存款：请填写参与方的账户。",
  },
  ERC20InvalidSpender: {
    en: "{spender} cannot be let move deposits: name an account.",
    zh: "{spender} 不能被授权动用存款：请填写有效账户。",
  },
  ERC2612ExpiredSignature: {
    en: "The permit expired at {deadline}: have it signed again with a later deadline.",
    zh: "授权签名已于 {deadline} 过期：请用更晚的截止时间重新签署。",
  },
  ERC2612InvalidSigner: {
    en: "{signer} signed this permit, not {owner}: its holder must sign exactly these terms, on this chain, with the next nonce.",
    zh: "此授权由 {signer} 签署，而不是 {owner}：须由存款持有人在本链上按下一序号签署同一内容。",
  },
  InvalidAccountNonce: {
    en: "The next permit of {account} has number {currentNonce}: have it signed again with that nonce.",
    zh: "{account} 的下一个授权序号为 {currentNonce}：请按此序号重新签署。",
  },
};
