import type { Sentence } from "./explain.ts";

/** Sentences for refusals that the platform's contracts inherit from OpenZeppelin's, and of the language. */
export const STANDARD_SENTENCES: Record<string, Sentence> = {
  AccessManagedInvalidAuthority: {
    en: "{authority} cannot manage access, because no contract lives there: name the access manager.",
    zh: "{authority} 处没有合约，不能作为权限管理者：请填写权限管理合约的地址。",
  },
  AccessManagedRequiredDelay: {
    en: "{caller} may do this only after a delay of {delay} seconds: schedule it with the access manager, then execute it.",
    zh: "{caller} 须延迟 {delay} 秒才能执行此操作：请先在权限管理合约中排期，到期后执行。",
  },
  AccessManagedUnauthorized: {
    en: "{caller} does not hold the role that this asks for: send it from the account that does.",
    zh: "{caller} 没有此操作所需的角色：请用有权账户发送。",
  },
  AccessManagerAlreadyScheduled: {
    en: "Operation {operationId} is scheduled already: wait for its time, or cancel it first.",
    zh: "操作 {operationId} 已排期：请等待到期，或先取消。",
  },
  AccessManagerBadConfirmation: {
    en: "A role is given up by its holder in person: confirm with the account that sends the transaction.",
    zh: "放弃角色须由持有人本人确认：请填写发送交易的账户。",
  },
  AccessManagerExpired: {
    en: "Operation {operationId} was not executed in time and has expired: schedule it again.",
    zh: "操作 {operationId} 未按时执行，已过期：请重新排期。",
  },
  AccessManagerInvalidInitialAdmin: {
    en: "{initialAdmin} cannot be the first administrator: name an account that somebody holds.",
    zh: "{initialAdmin} 不能作为首个管理员：请填写有人持有的账户。",
  },
  AccessManagerLockedFunction: {
    en: "The permission of function {selector} cannot be changed: the access manager keeps it locked.",
    zh: "函数 {selector} 的权限已锁定，不能修改。",
  },
  AccessManagerLockedRole: {
    en: "Role {roleId} cannot be changed: the roles of the administrator and of the public are fixed.",
    zh: "角色 {roleId} 不能修改：管理员与公众角色是固定的。",
  },
  AccessManagerNotReady: {
    en: "Operation {operationId} still waits for its delay to pass: execute it later.",
    zh: "操作 {operationId} 的延迟尚未结束：请稍后执行。",
  },
  AccessManagerNotScheduled: {
    en: "Operation {operationId} is not scheduled: schedule it first, with the same caller, target and data.",
    zh: "操作 {operationId} 未排期：请先以相同的调用者、目标和数据排期。",
  },
  AccessManagerUnauthorizedAccount: {
    en: "{msgsender} does not hold role {roleId}, which this asks for: send it from an account that does.",
    zh: "{msgsender} 没有所需的角色 {roleId}：请用持有该角色的账户发送。",
  },
  AccessManagerUnauthorizedCall: {
    en: "{caller} may not call {selector} of {target}: send it from an account that holds the role for it.",
    zh: "{caller} 无权调用 {target} 的 {selector}：请用有相应角色的账户发送。",
  },
  AccessManagerUnauthorizedCancel: {
    en: "{msgsender} may not cancel what {caller} scheduled for {selector} of {target}: its caller, an administrator or the guardian of the role may.",
    zh: "{msgsender} 不能取消 {caller} 对 {target} 的 {selector} 的排期：只有排期人、管理员或该角色的监护人可以。",
  },
  AccessManagerUnauthorizedConsume: {
    en: "{target} does not consume scheduled operations of the access manager: execute it through the access manager.",
    zh: "{target} 不消费已排期的操作：请通过权限管理合约执行。",
  },
  AddressEmptyCode: {
    en: "No contract lives at {target}: check the address.",
    zh: "{target} 处没有合约：请核对地址。",
  },
  CheckpointUnorderedInsertion: {
    en: "An entry would begin before one that was made already: entries begin in ascending order.",
    zh: "新条目的起始日早于已有条目：条目须按起始日递增。",
  },
  ECDSAInvalidSignature: {
    en: "The signature belongs to no key: have it made again by the wallet.",
    zh: "签名不对应任何密钥：请用钱包重新签署。",
  },
  ECDSAInvalidSignatureLength: {
    en: "A signature has 65 bytes, not {length}: have it made again by the wallet.",
    zh: "签名应为 65 字节，而不是 {length} 字节：请用钱包重新签署。",
  },
  ECDSAInvalidSignatureS: {
    en: "The signature is written in its other form (s is {s}, in the upper half): give the form with the lower s.",
    zh: "签名的 s 值 {s} 位于上半区间：请使用 s 较小的形式。",
  },
  ERC1155InsufficientBalance: {
    en: "{sender} holds {balance} units of token {tokenId}, but {needed} are needed.",
    zh: "{sender} 持有代币 {tokenId} 共 {balance} 份，需要 {needed} 份。",
  },
  ERC1155InvalidApprover: {
    en: "{approver} cannot let others move its tokens: an account must stand there.",
    zh: "{approver} 不能授权他人转移代币：须为有效账户。",
  },
  ERC1155InvalidArrayLength: {
    en: "{idsLength} token numbers came with {valuesLength} amounts: give one amount for each token.",
    zh: "给出了 {idsLength} 个代币编号和 {valuesLength} 个数量：二者须一一对应。",
  },
  ERC1155InvalidOperator: {
    en: "{operator} cannot be let move tokens: name an account.",
    zh: "{operator} 不能被授权转移代币：请填写有效账户。",
  },
  ERC1155InvalidReceiver: {
    en: "{receiver} cannot receive these tokens: a contract that receives them must say so (ERC-1155).",
    zh: "{receiver} 不能接收此代币：接收方若为合约，须按 ERC-1155 声明可接收。",
  },
  ERC1155InvalidSender: {
    en: "{sender} cannot send these tokens: name the account that holds them.",
    zh: "{sender} 不能转出此代币：请填写持有账户。",
  },
  ERC1155MissingApprovalForAll: {
    en: "{owner} has not let {operator} move its tokens: send it from the owner's account, or have it approved.",
    zh: "{owner} 未授权 {operator} 转移其代币：请由持有人发送或先授权。",
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
  Error: {
    en: 'The contract refused with the words "{message}".',
    zh: "合约拒绝，原文为“{message}”。",
  },
  FailedCall: {
    en: "A call to another contract failed without a reason: check the target and its data.",
    zh: "对另一合约的调用失败且未说明原因：请核对目标与数据。",
  },
  InsufficientBalance: {
    en: "The contract has {balance} wei, but {needed} are to be sent along: nothing here asks for wei, send none.",
    zh: "合约余额为 {balance} wei，需要 {needed}：本平台无需附带 wei，请设为 0。",
  },
  InvalidAccountNonce: {
    en: "The next permit of {account} has number {currentNonce}: have it signed again with that nonce.",
    zh: "{account} 的下一个授权序号为 {currentNonce}：请按此序号重新签署。",
  },
  InvalidShortString: {
    en: "A name kept by the contract cannot be read: the contract was deployed wrongly, tell its operator.",
    zh: "合约保存的名称无法读取：合约部署有误，请联系运营方。",
  },
  Panic: {
    en: "The contract's code met a fault (number {reason}) and did nothing: tell its operator what was sent.",
    zh: "合约代码发生故障（代码 {reason}），未执行任何操作：请将所发内容告知运营方。",
  },
  ReentrancyGuardReentrantCall: {
    en: "A contract called back into one that had not finished: send each call as a transaction of its own.",
    zh: "合约在执行未结束时被再次调用：请将各次调用分开发送。",
  },
  SafeCastOverflowedUintDowncast: {
    en: "{value} does not fit into {bits} bits: give a smaller number.",
    zh: "{value} 超出 {bits} 位整数的范围：请填写较小的数。",
  },
  StringTooLong: {
    en: 'The name "{str}" is too long to be kept: it has at most 31 bytes.',
    zh: "名称“{str}”过长：最多 31 字节。",
  },
};
