import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the deposit token refuses. */
export const MONEY_SENTENCES: Sentences = {
  DepositToken_BankClosed: {
    en: "Bank {bank} is closed (0 is no bank): nothing new of participant {participant} is issued, held, transferred or redeemed with it, and no account moves to it.",
    zh: "银行 {bank} 已关闭（0 表示未开户）：参与方 {participant} 不能通过它新增存款、冻结款项、转账、赎回或转入账户。",
  },
  DepositToken_BankOpen: {
    en: "Bank {bank} of participant {participant} is open: it confirms a move itself, and registrars speak only for a closed bank.",
    zh: "参与方 {participant} 的结算银行 {bank} 仍在营业：转户由该银行自行确认，注册员只能代表已关闭的银行。",
  },
  DepositToken_CapExceeded: {
    en: "Bank {bank} holds {positionFen} for deposits and may hold {capFen}: {amountFen} more cannot be issued until others redeem or the council raises the cap.",
    zh: "银行 {bank} 的存款头寸为 {positionFen}，上限 {capFen}：不能再发行 {amountFen}，须待赎回或由理事会提高上限。",
  },
  DepositToken_ExceedsHold: {
    en: "{notary} holds {heldFen} of participant {payer}'s deposits, but {amountFen} would be moved: a notary moves at most what it holds.",
    zh: "{notary} 冻结参与方 {payer} 的存款为 {heldFen}，不足以划转 {amountFen}：划转不能超过冻结额。",
  },
  DepositToken_Frozen: {
    en: "The deposits of participant {participant} are frozen by the bank: nothing new can be paid or held from them.",
    zh: "参与方 {participant} 的存款已被银行冻结：不能再支付或冻结新的款项。",
  },
  DepositToken_HasBank: {
    en: "Bank {bank} keeps the account of participant {participant} already: to change banks, both banks confirm the move.",
    zh: "参与方 {participant} 已在银行 {bank} 开户：更换银行须由两家银行确认转户。",
  },
  DepositToken_InsufficientFree: {
    en: "Participant {participant} has {freeFen} free, but {amountFen} is needed: deposit more, or wait until holds are released.",
    zh: "参与方 {participant} 可用余额为 {freeFen}，需要 {amountFen}：请存入款项，或等待冻结款项释放。",
  },
  DepositToken_LengthMismatch: {
    en: "Two lists that belong together have {left} and {right} entries: give as many of each.",
    zh: "两个对应列表的长度分别为 {left} 和 {right}：须一一对应。",
  },
  DepositToken_MoveMismatch: {
    en: "Nobody proposed to move participant {participant} to bank {toBank} for the reason {reasonHash}: approve exactly what was proposed.",
    zh: "没有人以理由 {reasonHash} 提出将参与方 {participant} 转户至银行 {toBank}：须批准与提交完全一致的内容。",
  },
  DepositToken_NoBank: {
    en: "No bank keeps the account of participant {participant}: a bank opens one, and nothing has to move.",
    zh: "参与方 {participant} 尚未在任何银行开户：由银行开户即可，无须转户。",
  },
  DepositToken_NotBank: {
    en: "{account} is not the account of an active settlement bank: the council sets its cap, and registrars enrol it as a bank.",
    zh: "{account} 不是有效结算银行的账户：须由理事会设定上限，并由注册员登记为银行。",
  },
  DepositToken_NotInPerson: {
    en: "Registrars act in person: send the transaction from the registrar's own account, not through the access manager.",
    zh: "注册员须亲自操作：请用本人账户发送，不要经由权限管理合约。",
  },
  DepositToken_NotItsBank: {
    en: "Bank {caller} does not keep the account of participant {participant}, bank {bank} does (0 is none): its own bank acts for it.",
    zh: "银行 {caller} 未管理参与方 {participant} 的账户，其开户银行为 {bank}（0 表示没有）：须由其开户银行办理。",
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
    en: "Bank {bank} booked the reference {bankReference} before: each entry of a bank is booked once.",
    zh: "银行 {bank} 的流水号 {bankReference} 已入账：每笔流水只能入账一次。",
  },
  DepositToken_SamePerson: {
    en: "{registrar} proposed this move and cannot approve it: a second registrar must.",
    zh: "{registrar} 是此次转户的提交人：须由另一名注册员批准。",
  },
  DepositToken_TooManyBanks: {
    en: "There are {most} settlement banks already, and room for no more.",
    zh: "结算银行已达 {most} 家，不能再增加。",
  },
  DepositToken_UnknownBank: {
    en: "Participant {bank} is no settlement bank: the council sets a cap for it first.",
    zh: "参与方 {bank} 不是结算银行：须先由理事会设定上限。",
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
