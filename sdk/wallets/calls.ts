import type { ContractFunctionName } from "viem";
import type { ABIS } from "../chain/abis.ts";
import type { ContractName } from "../chain/contracts.ts";

type Changing<Name extends ContractName> = ContractFunctionName<(typeof ABIS)[Name], "nonpayable" | "payable">;

/**
 * What people send from a wallet, by contract and function, with what it is for in both languages, because a device shows
 * one text. Not what contracts alone call, nor what programs send: packed rounds, readings and proofs.
 */
export const CALLS = {
  AccessManager: {
    schedule: "Schedule a decision 预约执行决定",
    execute: "Carry out a decision 执行决定",
    cancel: "Cancel a scheduled decision 撤销已预约的决定",
    multicall: "Carry out several decisions 执行多项决定",
    grantRole: "Give a role 授予角色",
    revokeRole: "Take a role away 收回角色",
    renounceRole: "Give up a role 放弃角色",
    labelRole: "Name a role 命名角色",
    setRoleAdmin: "Set who gives a role 设定角色管理者",
    setRoleGuardian: "Set who can veto a role 设定角色监护者",
    setGrantDelay: "Set how long giving a role takes 设定授予延迟",
    setTargetAdminDelay: "Set how long changes of a contract take 设定合约变更延迟",
    setTargetClosed: "Close or open a contract 关闭或开放合约",
    setTargetFunctionRole: "Set who may call functions 设定函数权限",
    updateAuthority: "Put a contract under another authority 变更合约的权限管理",
  },
  ParticipantRegistry: {
    propose: "Propose a participant 提交参与方注册",
    proposeRenewal: "Propose a renewal 提交参与方变更",
    approve: "Approve a participant 批准参与方",
    reject: "Reject a participant 驳回参与方",
    suspend: "Suspend a participant 暂停参与方",
    reinstate: "Reinstate a participant 恢复参与方",
    proposeAccount: "Propose a new account 提交更换账户",
    approveAccount: "Approve a new account 批准更换账户",
    withdrawReplacement: "Withdraw a new account 撤回更换账户",
    objectToReplacement: "Object to a new account 对更换账户提出异议",
    completeReplacement: "Complete a new account 完成更换账户",
  },
  SecondFactor: { confirm: "Hand in a confirmation 提交第二因子确认" },
  MeterRegistry: {
    register: "Register a meter 登记计量点",
    deactivate: "Deactivate a meter 停用计量点",
    setTrader: "Set who trades for a meter 设定计量点的交易方",
    accept: "Accept a reading 认可读数",
    finalise: "Finalise meter days 计量日定稿",
    lapse: "Let meter days lapse 计量日失效",
    setWindows: "Set reporting windows 设定上报与异议期",
    withdrawWindows: "Withdraw reporting windows 撤回上报与异议期",
  },
  MarketRules: {
    publish: "Publish market rules 发布市场规则",
    withdraw: "Withdraw market rules 撤回市场规则",
    addZone: "Add a zone 新增分区",
  },
  DepositToken: {
    transfer: "Pay deposits 支付存款",
    transferFrom: "Move another's deposits 动用他人存款",
    approve: "Let somebody move deposits 授权动用存款",
    permit: "Hand in a signed permission 提交已签署的授权",
    optIn: "Let a contract hold deposits 允许合约冻结款项",
    redeem: "Have deposits paid out 赎回存款",
    issue: "Issue deposits 发放存款",
    setFrozen: "Freeze or release deposits 冻结或解冻账户存款",
    openAccount: "Open an account 开立账户",
    proposeMove: "Propose a move to another bank 提交转户",
    approveMove: "Approve a move to another bank 批准转户",
    confirmMove: "Confirm a customer's move 确认客户转户",
    settleBetween: "Confirm what another bank paid 确认收到他行轧差款",
    setCap: "Set a bank's cap 设定银行上限",
    approveNotary: "Approve a contract that moves holds 批准动用冻结款项的合约",
  },
  KwhToken: {
    safeTransferFrom: "Hand over kWh records 转让电量凭证",
    safeBatchTransferFrom: "Hand over kWh records 转让电量凭证",
    setApprovalForAll: "Let somebody move kWh records 授权动用电量凭证",
    retire: "Retire kWh records 注销电量凭证",
    follow: "Fetch kWh records from a former account 取回原账户的电量凭证",
    approveMinter: "Approve who mints kWh records 批准铸造电量凭证的合约",
    withdrawMinter: "Withdraw who mints kWh records 撤回铸造电量凭证的合约",
  },
  FinanceRules: {
    publish: "Publish finance rules 发布融资规则",
    withdraw: "Withdraw finance rules 撤回融资规则",
    announce: "Announce holidays 公布节假日",
  },
  DebtLedger: {
    pay: "Pay a debt 清偿债务",
    setOff: "Set off two debts 债务互抵",
    declareDefault: "Declare a default 宣告违约",
    startRecovery: "Start a recovery 开始追偿",
    standStill: "Let a debt's clock stand still 债务中止计时",
    writeOff: "Write a debt off 核销债务",
    approvePoster: "Approve who posts debts 批准债务入账的合约",
    approveClaimBook: "Approve who divides debts 批准拆分债务的合约",
  },
  TradeEscrow: {
    open: "Open a signed trade 提交已签署的交易",
    cancel: "Cancel orders and trades 撤销报单与交易",
    cancelPage: "Cancel 128 nonces 撤销 128 个序号",
    freeze: "Freeze a trade 冻结交易",
    rule: "Rule on a trade 裁决交易",
  },
  Receivables: {
    issueFromDebt: "Divide a debt into a receivable 以债务设立应收账款",
    safeTransferFrom: "Pass a receivable on 转让应收账款",
    safeBatchTransferFrom: "Pass receivables on 转让应收账款",
    setApprovalForAll: "Let somebody move receivables 授权动用应收账款",
    encumber: "Pledge a receivable 质押应收账款",
    releaseEncumbrance: "Release a pledge 解除质押",
    collect: "Collect a repayment 收取还款",
    follow: "Fetch receivables from a former account 取回原账户的应收账款",
    startRecovery: "Start a recovery 开始追偿",
  },
  DraftingDesk: {
    draft: "Draft a claim 起草应收账款",
    confirm: "Confirm a debt 确认应付账款",
    cancel: "Cancel a draft 撤销草稿",
    refuse: "Refuse a draft 拒绝确认",
  },
  FinancingDesk: {
    requestFinancing: "Ask for financing 申请融资",
    placeBid: "Bid for a receivable 报价",
    accept: "Accept a bid 接受报价",
    cancelRequest: "Cancel a request 撤销融资申请",
    releaseBid: "Release a bid 释放报价",
    recordRegistration: "Record a registration 登记中登编号",
  },
  CreditLedger: { countDebt: "Count a debt 计入信用记录" },
} as const satisfies { [Name in ContractName]?: Partial<Record<Changing<Name>, string>> };

/** A contract that people send transactions to. */
export type CalledName = keyof typeof CALLS;
