import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the access manager refuses, and calls into strangers' contracts. */
export const ACCESS_SENTENCES: Sentences = {
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
  BoundedCall_TooLittleGas: {
    en: "The transaction has too little gas left to ask a contract wallet for its signature: raise the gas limit by 500,000.",
    zh: "剩余 gas 不足以让合约钱包核验签名：请把 gas 上限提高 500,000。",
  },
};
