import type { Sentences } from "../types/sentence.ts";

/** What each event of the platform says, by its name; names in braces are its values, those of structures among them. */
export const EVENT_SENTENCES: Sentences = {
  // access
  AuthorityUpdated: {
    en: "The contract is now under the authority {authority}.",
    zh: "合约现由权限管理合约 {authority} 管理。",
  },
  OperationCanceled: { en: "A scheduled decision was cancelled.", zh: "一项已预约的决定被撤销。" },
  OperationExecuted: { en: "A scheduled decision was carried out.", zh: "一项已预约的决定已执行。" },
  OperationScheduled: {
    en: "A decision about contract {target} was scheduled by {caller}.",
    zh: "{caller} 预约了对合约 {target} 的一项决定。",
  },
  RoleAdminChanged: { en: "Role {roleId} is now given by role {admin}.", zh: "角色 {roleId} 现由角色 {admin} 授予。" },
  RoleGrantDelayChanged: {
    en: "How long giving role {roleId} takes was changed.",
    zh: "角色 {roleId} 的授予延迟已变更。",
  },
  RoleGranted: { en: "{account} was given role {roleId}.", zh: "{account} 获授角色 {roleId}。" },
  RoleGuardianChanged: {
    en: "Role {roleId} is now vetoed by role {guardian}.",
    zh: "角色 {roleId} 现由角色 {guardian} 监护。",
  },
  RoleLabel: { en: "Role {roleId} is called {label}.", zh: "角色 {roleId} 命名为 {label}。" },
  RoleRevoked: { en: "Role {roleId} was taken from {account}.", zh: "已收回 {account} 的角色 {roleId}。" },
  TargetAdminDelayUpdated: {
    en: "How long changes of contract {target} take was changed.",
    zh: "合约 {target} 的变更延迟已调整。",
  },
  TargetClosed: {
    en: "Contract {target} was closed or opened ({closed}).",
    zh: "合约 {target} 已关闭或开放（{closed}）。",
  },
  TargetFunctionRoleUpdated: {
    en: "A function of contract {target} is now for role {roleId}.",
    zh: "合约 {target} 的一个函数现限角色 {roleId} 调用。",
  },

  // identity
  AccountApproved: {
    en: "A second registrar approved account {account} for participant {id}.",
    zh: "第二位注册员批准参与方 {id} 更换为账户 {account}。",
  },
  AccountProposed: {
    en: "A registrar proposed account {account} for participant {id}.",
    zh: "注册员提交参与方 {id} 更换为账户 {account}。",
  },
  AccountReplaced: {
    en: "Participant {id} now acts by {account} instead of {former}.",
    zh: "参与方 {id} 的账户由 {former} 更换为 {account}。",
  },
  ParticipantApproved: {
    en: "Participant {id} was approved with account {account}.",
    zh: "参与方 {id} 已获批准，账户为 {account}。",
  },
  ParticipantProposed: { en: "Participant {id} was proposed by a registrar.", zh: "注册员提交了参与方 {id} 的注册。" },
  ParticipantReinstated: { en: "Participant {id} was reinstated.", zh: "参与方 {id} 已恢复。" },
  ParticipantRejected: { en: "The application of participant {id} was rejected.", zh: "参与方 {id} 的申请已被驳回。" },
  ParticipantSuspended: { en: "Participant {id} was suspended.", zh: "参与方 {id} 已被暂停。" },
  ReplacementObjected: {
    en: "Participant {id} objected to the new account {account}.",
    zh: "参与方 {id} 对更换为账户 {account} 提出异议。",
  },
  ReplacementWithdrawn: {
    en: "The new account {account} of participant {id} was withdrawn.",
    zh: "参与方 {id} 更换为账户 {account} 的申请已撤回。",
  },
  SecondFactorChanged: {
    en: "Participant {id} has second factor number {factor}.",
    zh: "参与方 {id} 现用第 {factor} 个第二因子。",
  },
  ConfirmationUsed: {
    en: "A confirmation by the second factor of participant {participant} was used.",
    zh: "参与方 {participant} 的一项第二因子确认已使用。",
  },
  ExposureRecorded: {
    en: "Participant {participant} gave away or came to owe {amountFen}, {exposureFen} on {day} in all.",
    zh: "参与方 {participant} 支出或承担 {amountFen}，{day} 累计 {exposureFen}。",
  },
  SubjectConfirmed: {
    en: "The second factor of participant {participant} confirmed.",
    zh: "参与方 {participant} 的第二因子已确认。",
  },
  EIP712DomainChanged: { en: "The domain of signatures changed.", zh: "签名域已变更。" },

  // metering
  MeterDayAccepted: {
    en: "Participant {participant} accepted version {version} of meter {meter} on {day}.",
    zh: "参与方 {participant} 认可计量点 {meter} 在 {day} 的第 {version} 版读数。",
  },
  MeterDayCorrected: {
    en: "The reading of meter {meter} on {day} was corrected by version {version}.",
    zh: "计量点 {meter} 在 {day} 的读数由第 {version} 版更正。",
  },
  MeterDayFinalised: {
    en: "Version {version} of meter {meter} on {day} is final.",
    zh: "计量点 {meter} 在 {day} 的第 {version} 版已定稿。",
  },
  MeterDayLapsed: {
    en: "Meter {meter} on {day} lapsed without readings.",
    zh: "计量点 {meter} 在 {day} 未上报读数，已失效。",
  },
  MeterDayObjected: {
    en: "Participant {participant} objected to version {version} of meter {meter} on {day}.",
    zh: "参与方 {participant} 对计量点 {meter} 在 {day} 的第 {version} 版读数提出异议。",
  },
  MeterDayRecorded: {
    en: "Meter {meter} on {day} got a word of its own out of root {root}.",
    zh: "计量点 {meter} 在 {day} 由第 {root} 号根单独记录。",
  },
  MeterDayReported: {
    en: "Version {version} of meter {meter} on {day} was reported.",
    zh: "计量点 {meter} 在 {day} 的第 {version} 版读数已上报。",
  },
  MeterDeactivated: { en: "Meter {meter} was deactivated.", zh: "计量点 {meter} 已停用。" },
  MeterRegistered: {
    en: "Meter {meter} was registered for participant {owner}.",
    zh: "计量点 {meter} 已登记于参与方 {owner} 名下。",
  },
  MeterTraderNamed: {
    en: "Participant {trader} trades for meter {meter}, from {nextTraderFrom:Day} on participant {nextTrader}.",
    zh: "计量点 {meter} 由参与方 {trader} 交易，自 {nextTraderFrom:Day} 起为参与方 {nextTrader}。",
  },
  RootFinalised: { en: "The readings under root {root} are final.", zh: "第 {root} 号根下的读数已定稿。" },
  RootReported: {
    en: "Readings of several meters on {day} were reported under root {root}.",
    zh: "{day} 多个计量点的读数以第 {root} 号根上报。",
  },
  WindowsChanged: {
    en: "From {fromDay} on readings are due within {reportDays} days, and are open to objection for {objectionHours} hours.",
    zh: "自 {fromDay} 起，读数须在 {reportDays} 天内上报，异议期为 {objectionHours} 小时。",
  },
  WindowsWithdrawn: {
    en: "The reporting windows of {fromDay} were withdrawn.",
    zh: "{fromDay} 起的上报与异议期已撤回。",
  },

  // market
  RuleSetPublished: {
    en: "Rule set {id} was published, in force from {effectiveDay}.",
    zh: "规则版本 {id} 已发布，自 {effectiveDay} 起施行。",
  },
  RuleSetWithdrawn: { en: "Rule set {id} was withdrawn.", zh: "规则版本 {id} 已撤回。" },
  ZoneAdded: { en: "Zone {zone} was added: {name}.", zh: "新增分区 {zone}：{name}。" },
  KwhClaimed: {
    en: "{energyWh} of trade {id} were claimed as kWh records for participant {buyer}.",
    zh: "交易 {id} 的 {energyWh} 已为参与方 {buyer} 领取为电量凭证。",
  },
  MarginDrawn: {
    en: "Round {round} drew on the margin of {participantsCount} participants.",
    zh: "第 {round} 轮动用了 {participantsCount} 个参与方的交易保证金。",
  },
  MarginLocked: {
    en: "Participant {participant} has {lockedFen} more as margin, and {termsFen} more to buy on terms.",
    zh: "参与方 {participant} 增加交易保证金 {lockedFen}，账期购电额度 {termsFen}。",
  },
  MarginReleaseAnnounced: {
    en: "Participant {participant} takes {lockedFen} of its margin and {termsFen} on terms back, from {due} on.",
    zh: "参与方 {participant} 预告释放交易保证金 {lockedFen}、账期购电额度 {termsFen}，自 {due} 起可取回。",
  },
  MarginReleased: {
    en: "Participant {participant} has {lockedFen} of its margin back, and {termsFen} less on terms.",
    zh: "参与方 {participant} 已取回交易保证金 {lockedFen}，账期购电额度减少 {termsFen}。",
  },
  NonceCancelled: { en: "{trader} cancelled nonce {nonce} of {day}.", zh: "{trader} 撤销了 {day} 的序号 {nonce}。" },
  NoncePageCancelled: {
    en: "{trader} cancelled the 112 nonces of page {page} of {day}.",
    zh: "{trader} 撤销了 {day} 第 {page} 页的 112 个序号。",
  },
  OrderPresigned: { en: "{account} signed an order on chain.", zh: "{account} 在链上签署了报单。" },
  OrdersFilled: { en: "Round {round} filled {fillsCount} orders.", zh: "第 {round} 轮成交了 {fillsCount} 个报单。" },
  OutcomesKept: { en: "The outcomes of settlement {settlement} are kept.", zh: "结算批次 {settlement} 的结果已留存。" },
  PayeeRedirected: {
    en: "What trade {id} owes its seller goes to participant {payee}.",
    zh: "交易 {id} 应付卖方的款项改付参与方 {payee}。",
  },
  PriceCurve: { en: "A price curve was logged.", zh: "已记录一条价格曲线。" },
  Skipped: { en: "Round {round} left a sale out.", zh: "第 {round} 轮跳过了一项售电。" },
  SurplusMinted: {
    en: "{energyWh} that meter {meter} did not sell of {day} are kWh records of participant {owner}.",
    zh: "计量点 {meter} 在 {day} 未售出的 {energyWh} 已铸为参与方 {owner} 的电量凭证。",
  },
  TradeFrozen: { en: "Trade {id} is frozen until {until}.", zh: "交易 {id} 冻结至 {until}。" },
  TradeLapsed: {
    en: "Trade {id} lapsed: nothing was reported, and its holds are released.",
    zh: "交易 {id} 已失效：未上报读数，冻结款项已释放。",
  },
  TradeOpened: {
    en: "Trade {id} was opened: participant {seller} sells to participant {buyer} for {energyFen}, to be delivered on {day}.",
    zh: "交易 {id} 成交上链：参与方 {seller} 售予参与方 {buyer}，电费 {energyFen}，{day} 交割。",
  },
  TradeRuled: {
    en: "An arbiter ruled on trade {id}: {energyFen}, network charge {networkFen}, deviation charge {deviationFen}.",
    zh: "仲裁员裁决交易 {id}：电费 {energyFen}，输配电费 {networkFen}，偏差费用 {deviationFen}。",
  },
  TradeSettled: {
    en: "Trade {id} was settled: {deliveredWh} delivered for {energyFen}, network charge {networkFen}, deviation charge {deviationFen}.",
    zh: "交易 {id} 已结算：交付 {deliveredWh}，电费 {energyFen}，输配电费 {networkFen}，偏差费用 {deviationFen}。",
  },
  ZonePriced: {
    en: "Round {round} priced zone {zone} on {day}.",
    zh: "第 {round} 轮给出分区 {zone} 在 {day} 的价格。",
  },

  // money
  AccountMoved: {
    en: "The account of participant {participant} moved from bank {fromBank} to bank {toBank}.",
    zh: "参与方 {participant} 的账户由银行 {fromBank} 转至银行 {toBank}。",
  },
  AccountOpened: {
    en: "Bank {bank} keeps the account of participant {participant}.",
    zh: "银行 {bank} 为参与方 {participant} 开立账户。",
  },
  Approval: { en: "{spender} may move {value:Fen} of {owner}.", zh: "{spender} 可动用 {owner} 的存款 {value:Fen}。" },
  BanksSettled: {
    en: "Bank {fromBank} paid bank {toBank} {amountFen} at the central bank.",
    zh: "银行 {fromBank} 经央行向银行 {toBank} 支付轧差款 {amountFen}。",
  },
  CapChanged: { en: "The cap of bank {bank} is {capFen}.", zh: "银行 {bank} 的上限为 {capFen}。" },
  FrozenChanged: {
    en: "The deposits of participant {participant} were frozen or released ({frozen}).",
    zh: "参与方 {participant} 的存款被冻结或解冻（{frozen}）。",
  },
  Held: {
    en: "Money of {payersCount} participants was held by {notary}.",
    zh: "{notary} 冻结了 {payersCount} 个参与方的款项。",
  },
  HoldsReduced: {
    en: "{notary} paid out or released {movesCount} holds.",
    zh: "{notary} 支付或释放了 {movesCount} 笔冻结款项。",
  },
  Issued: {
    en: "Bank {bank} issued {amountFen} to participant {participant}.",
    zh: "银行 {bank} 向参与方 {participant} 发放存款 {amountFen}。",
  },
  MoveApproved: {
    en: "A second registrar approved that participant {participant} moves to bank {toBank}.",
    zh: "第二位注册员批准参与方 {participant} 转户至银行 {toBank}。",
  },
  MoveConfirmed: {
    en: "Bank {by} gave or took back its word that participant {participant} moves to bank {toBank} ({confirmed}).",
    zh: "银行 {by} 就参与方 {participant} 转户至银行 {toBank} 表态（{confirmed}）。",
  },
  MoveProposed: {
    en: "A registrar proposed that participant {participant} moves to bank {toBank}.",
    zh: "注册员提交参与方 {participant} 转户至银行 {toBank}。",
  },
  NotaryApproved: { en: "Contract {notary} may move what it holds.", zh: "合约 {notary} 获准动用其冻结的款项。" },
  NotaryOptIn: {
    en: "Participant {participant} lets contract {notary} hold its deposits, or no longer ({allowed}).",
    zh: "参与方 {participant} 允许或不再允许合约 {notary} 冻结其存款（{allowed}）。",
  },
  Redeemed: {
    en: "Participant {participant} had {amountFen} paid out by bank {bank}.",
    zh: "参与方 {participant} 由银行 {bank} 赎回存款 {amountFen}。",
  },
  Transfer: { en: "{value:Fen} went from {from} to {to}.", zh: "{value:Fen} 由 {from} 转至 {to}。" },

  // energy
  ApprovalForAll: {
    en: "{operator} may move what {account} has, or no longer ({approved}).",
    zh: "{operator} 获准或不再获准动用 {account} 的全部持有（{approved}）。",
  },
  KwhRetired: {
    en: "Participant {participant} retired {amountWh} for the use of meter {consumptionMeter}.",
    zh: "参与方 {participant} 为计量点 {consumptionMeter} 的用电注销 {amountWh}。",
  },
  MinterApproved: {
    en: "Contract {minter} mints kWh records from {fromDay} on.",
    zh: "合约 {minter} 自 {fromDay} 起铸造电量凭证。",
  },
  MinterWithdrawn: {
    en: "Contract {minter} no longer mints kWh records from {fromDay} on.",
    zh: "合约 {minter} 自 {fromDay} 起不再铸造电量凭证。",
  },
  TransferBatch: { en: "{idsCount} holdings went from {from} to {to}.", zh: "{idsCount} 项持有由 {from} 转至 {to}。" },
  TransferSingle: { en: "One holding went from {from} to {to}.", zh: "一项持有由 {from} 转至 {to}。" },
  URI: { en: "The address of a description changed.", zh: "说明地址已变更。" },

  // debts
  ClaimBookApproved: { en: "Contract {book} may divide debts.", zh: "合约 {book} 获准拆分债务。" },
  DebtClaimed: {
    en: "Debt {id} was divided into units, {unpaidFen} of it unpaid.",
    zh: "债务 {id} 已拆分，未付 {unpaidFen}。",
  },
  DebtDefaulted: {
    en: "Participant {debtor} is in default of debt {id}, {unpaidFen} of it unpaid.",
    zh: "参与方 {debtor} 的债务 {id} 违约，未付 {unpaidFen}。",
  },
  DebtDischarged: { en: "Debt {id} is discharged.", zh: "债务 {id} 已清偿。" },
  DebtPaid: {
    en: "{amountFen} of debt {id} were paid, and {lateFeeFen} as late fee.",
    zh: "债务 {id} 支付 {amountFen}，逾期费 {lateFeeFen}。",
  },
  DebtPosted: {
    en: "Debt {id} was posted: participant {debtor} owes participant {creditor} {amountFen}, due {dueDay}.",
    zh: "债务 {id} 入账：参与方 {debtor} 应付参与方 {creditor} {amountFen}，到期日 {dueDay}。",
  },
  DebtReduced: {
    en: "{amountFen} of debt {id} were taken back: they were never owed.",
    zh: "债务 {id} 冲减 {amountFen}。",
  },
  DebtSetOff: {
    en: "{amountFen} of debt {id} were set off against debt {against}, and {lateFeeFen} as late fee.",
    zh: "债务 {id} 与债务 {against} 互抵 {amountFen}，逾期费 {lateFeeFen}。",
  },
  DebtStoodStill: { en: "The clock of debt {id} stands still until {until}.", zh: "债务 {id} 中止计时至 {until}。" },
  DebtWrittenOff: {
    en: "Debt {id} of participant {debtor} was written off, {unpaidFen} of it unpaid.",
    zh: "参与方 {debtor} 的债务 {id} 已核销，未付 {unpaidFen}。",
  },
  PosterApproved: {
    en: "Contract {poster} posts debts of code {code}.",
    zh: "合约 {poster} 获准入账代码 {code} 的债务。",
  },
  RecoveryStarted: { en: "Participant {claimant} pursues debt {id}.", zh: "参与方 {claimant} 开始追偿债务 {id}。" },

  // settlement
  DifferencePosted: {
    en: "The adjustment of trade {id} by version {version} left debt {debt}.",
    zh: "交易 {id} 按第 {version} 版退补，形成债务 {debt}。",
  },
  TradeAdjusted: {
    en: "Trade {id} was adjusted to version {version}: then {deliveredWh} were delivered for {energyFen}.",
    zh: "交易 {id} 按第 {version} 版退补：交付 {deliveredWh}，电费 {energyFen}。",
  },

  // finance
  CalendarAnnounced: { en: "Holidays and working days were announced.", zh: "已公布休息日与调休工作日。" },
  FinanceTermsPublished: {
    en: "Finance rules were published, in force from {effectiveDay}.",
    zh: "融资规则已发布，自 {effectiveDay} 起施行。",
  },
  FinanceTermsWithdrawn: {
    en: "The finance rules of {effectiveDay} were withdrawn.",
    zh: "{effectiveDay} 起施行的融资规则已撤回。",
  },
  EncumbranceFollowed: {
    en: "Pledge {encumbrance} followed its holder to {holder}.",
    zh: "质押 {encumbrance} 随持有人转至 {holder}。",
  },
  EncumbrancePaid: {
    en: "{amountFen} were paid on pledge {encumbrance}; {unitsLeft:Fen} are left of it.",
    zh: "质押 {encumbrance} 收到 {amountFen}，剩余 {unitsLeft:Fen}。",
  },
  EncumbranceReleased: { en: "Pledge {encumbrance} was released.", zh: "质押 {encumbrance} 已解除。" },
  LateFeeCollected: {
    en: "Participant {participant} collected {amountFen} of late fee on receivable {id}.",
    zh: "参与方 {participant} 收取应收账款 {id} 的逾期费 {amountFen}。",
  },
  ReceivableCollected: {
    en: "Participant {participant} collected {amountFen} of receivable {id}.",
    zh: "参与方 {participant} 收取应收账款 {id} 的还款 {amountFen}。",
  },
  ReceivableEncumbered: {
    en: "{units:Fen} of receivable {id} were pledged to participant {pledgee}, registration {registrationNumber}.",
    zh: "应收账款 {id} 的 {units:Fen} 质押予参与方 {pledgee}，中登编号 {registrationNumber}。",
  },
  ReceivableIssued: {
    en: "Debt {debt} became receivable {id} of participant {creditor}.",
    zh: "债务 {debt} 设立为参与方 {creditor} 的应收账款 {id}。",
  },
  ClaimConfirmed: {
    en: "Draft {id} was confirmed and is receivable {receivable}.",
    zh: "草稿 {id} 已确权，成为应收账款 {receivable}。",
  },
  ClaimDrafted: {
    en: "Participant {creditor} drafted claim {id} on participant {debtor}.",
    zh: "参与方 {creditor} 就参与方 {debtor} 起草应收账款 {id}。",
  },
  DraftCancelled: { en: "Draft {id} was cancelled.", zh: "草稿 {id} 已撤销。" },
  DraftRefused: { en: "The debtor refused draft {id}.", zh: "债务人拒绝确认草稿 {id}。" },
  BidPlaced: {
    en: "Participant {bidder} placed bid {id} on request {request}.",
    zh: "参与方 {bidder} 对融资申请 {request} 提交报价 {id}。",
  },
  BidReleased: { en: "Bid {id} was released with {releasedFen}.", zh: "报价 {id} 已释放 {releasedFen}。" },
  Financed: {
    en: "Bid {id} was accepted: {paidFen} were paid for {units:Fen} of receivable {receivable}.",
    zh: "报价 {id} 已接受：为应收账款 {receivable} 的 {units:Fen} 支付 {paidFen}。",
  },
  FinancingRegistered: {
    en: "Financing {id} is registered as {registrationNumber}.",
    zh: "融资 {id} 已登记，编号 {registrationNumber}。",
  },
  FinancingRequested: {
    en: "Participant {requester} asked for financing on receivable {receivable} (request {id}).",
    zh: "参与方 {requester} 以应收账款 {receivable} 申请融资（申请 {id}）。",
  },
  RequestCancelled: { en: "Request {id} was cancelled.", zh: "融资申请 {id} 已撤销。" },

  // credit
  DebtCounted: {
    en: "Debt {id} counts in the credit record of participant {debtor}.",
    zh: "债务 {id} 已计入参与方 {debtor} 的信用记录。",
  },
  TradeCounted: {
    en: "Trade {id} counts in the credit records of participants {seller} and {buyer}.",
    zh: "交易 {id} 已计入参与方 {seller} 与 {buyer} 的信用记录。",
  },
  TradeLeftOut: {
    en: "Trade {id} does not count in credit records: its parties are affiliates.",
    zh: "交易 {id} 不计入信用记录：双方为关联方。",
  },

  // documents
  AuditorNamed: { en: "{auditor} is the auditor who reads documents.", zh: "{auditor} 为可阅读文件的审计方。" },
  DocumentAnchored: { en: "Document {id} was anchored for {owner}.", zh: "文件 {id} 已为 {owner} 存证。" },
  EnvelopeReplaced: {
    en: "The envelope of document {id} for {reader} was replaced, for key {key}.",
    zh: "文件 {id} 给 {reader} 的信封已更换，用第 {key} 把密钥。",
  },
  KeyApproved: {
    en: "A second registrar approved key {key} of reader {reader}.",
    zh: "第二位注册员批准了读者 {reader} 的第 {key} 把密钥。",
  },
  KeyProposed: { en: "A registrar proposed a key of reader {reader}.", zh: "注册员提交了读者 {reader} 的一把密钥。" },
  KeyRejected: { en: "A key of reader {reader} was rejected.", zh: "读者 {reader} 的一把密钥已被驳回。" },
  KeyRetired: { en: "Reader {reader} retired its key {key}.", zh: "读者 {reader} 停用了第 {key} 把密钥。" },
  KeyRevoked: { en: "Key {key} of reader {reader} was revoked.", zh: "读者 {reader} 的第 {key} 把密钥已被吊销。" },
  ReaderAdded: {
    en: "{reader} may read document {id}, by key {key}.",
    zh: "{reader} 可用第 {key} 把密钥阅读文件 {id}。",
  },
  ReaderRemoved: { en: "{reader} may no longer read document {id}.", zh: "{reader} 不再可阅读文件 {id}。" },
};
