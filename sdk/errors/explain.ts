import { type AbiEvent, BaseError, decodeErrorResult, type Hex } from "viem";
import { ABIS, MADE_ABIS } from "../chain/abis.ts";
import { formatDay, LAST_DAY, SLOTS, slotLabel, startOfDay } from "../types/time.ts";
import { formatKwh, formatPercent, formatYuan, formatYuanPerMwh } from "../types/units.ts";
import { nodeRefusal } from "./nodeRefusal.ts";
import { STANDARD_SENTENCES } from "./standardSentences.ts";

/** A language in which refusals are told. */
export type Language = "en" | "zh";

/** What a contract refused with. */
export interface Refusal {
  /** As in the contracts: TradeEscrow_StalePosition. */
  name: string;
  args: Record<string, unknown>;
}

/** One sentence in each language. */
export type Sentence = Record<Language, string>;

/**
 * A sentence for every refusal. `{day}` stands for the error's own value of that name, with the unit that the name says;
 * where it does not say any, `{balance:Fen}` does.
 */
export const SENTENCES: Record<string, Sentence> = {
  ...STANDARD_SENTENCES,
  AdjustmentDesk_NoDifference: {
    en: "Nothing of this kind is due out of the adjustment of trade {id} to version {version}.",
    zh: "交易 {id} 按第 {version} 版更正后没有此类应付差额。",
  },
  AdjustmentDesk_NotCorrected: {
    en: "Meter {meter} on {day} has no correction: its trades stay as they were settled.",
    zh: "计量点 {meter} 在 {day} 没有更正：其交易保持原结算结果。",
  },
  AdjustmentDesk_NotParty: {
    en: "{caller} does not act for participant {party}, who alone may do this.",
    zh: "{caller} 不代表参与方 {party}，只有该方可以进行此操作。",
  },
  AdjustmentDesk_NotSettled: {
    en: "Trade {id} is not settled: settle open and lapsed trades first; what an arbiter ruled is not adjusted.",
    zh: "交易 {id} 尚未结算：未结算或已失效的交易请先结算；仲裁裁定的交易不再调整。",
  },
  AdjustmentDesk_TooEarly: {
    en: "The correction of meter {meter} on {day} is open to objection: trades can be adjusted by it from {from} on.",
    zh: "计量点 {meter} 在 {day} 的更正仍在异议期内：自 {from} 起才能据此退补。",
  },
  AdjustmentDesk_WrongCurve: {
    en: "The curve given is not version {version} of meter {meter} on {day}, which is in force: build the arguments from the logs.",
    zh: "所给曲线不是计量点 {meter} 在 {day} 的现行更正第 {version} 版：请由日志重建参数。",
  },
  AdjustmentDesk_WrongTerms: {
    en: "These are not the terms, curves or last outcome of trade {id}, or it is of another meter day: build the arguments from the logs.",
    zh: "所给条款、曲线或上次结果与交易 {id} 不符，或该交易属于另一计量日：请由日志重建参数。",
  },
  BoundedCall_TooLittleGas: {
    en: "The transaction has too little gas left to ask a contract wallet for its signature: raise the gas limit by 500,000.",
    zh: "剩余 gas 不足以让合约钱包核验签名：请把 gas 上限提高 500,000。",
  },
  CreditLedger_NotFinished: {
    en: "Trade {id} is neither settled nor ruled on: what is open counts for nothing yet.",
    zh: "交易 {id} 尚未结算或裁定：未了结的交易暂不计入信用。",
  },
  CreditLedger_NothingToCount: {
    en: "Receivable {id} says nothing that was not counted before: it is counted when it is repaid, in default or in arrears.",
    zh: "应收账款 {id} 没有新的可计事项：还清、违约或拖欠时才计入信用。",
  },
  CreditLedger_WrongTerms: {
    en: "These are not the terms, outcome or energy of trade {id}: build the arguments from the logs.",
    zh: "所给条款、结果或电量与交易 {id} 不符：请由日志重建参数。",
  },
  Curve_Malformed: {
    en: "A curve of {length} bytes came, or one with a value of 2^31 or more: a day is 384 bytes, four for each of 96 slots.",
    zh: "收到 {length} 字节的曲线，或其中有值达到 2^31：一天的曲线应为 384 字节，96 个时段每段 4 字节。",
  },
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
    zh: "参与方 {participant} 可用余额为 {freeFen}，需要 {amountFen}：请充值，或等待冻结款项释放。",
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
  Discount_NothingLeft: {
    en: "A rate of {rateBp} a year over {daysToDue} days leaves nothing of {faceFen}: bid a lower rate.",
    zh: "年利率 {rateBp}、期限 {daysToDue} 天，将使 {faceFen} 贴现后无剩余：请降低利率。",
  },
  Discount_TooLong: {
    en: "The claim is due in {daysToDue} days, but at most {longest} are financed.",
    zh: "距到期日 {daysToDue} 天，超过可融资的最长期限 {longest} 天。",
  },
  DraftingDesk_Expired: {
    en: "The confirmation expired at {expiry}: have the debtor sign it again with a later expiry.",
    zh: "确权签名已于 {expiry} 过期：请债务方用更晚的有效期重新签署。",
  },
  DraftingDesk_InvalidInvoice: {
    en: "The invoice's {field} is missing or has no admissible value: correct the draft.",
    zh: "发票字段 {field} 缺失或无效：请更正草稿。",
  },
  DraftingDesk_InvalidSignature: {
    en: "{debtor} did not sign this draft: the debtor's own account must confirm exactly these terms, on this chain.",
    zh: "{debtor} 没有签署此草稿：须由债务方账户在本链上对同一内容确权。",
  },
  DraftingDesk_NotDelivered: {
    en: "Delivery is on {deliveryDay}, after today, {today}: a claim is drafted once goods or services are delivered.",
    zh: "交付日 {deliveryDay} 晚于今天 {today}：货物或服务交付后才能起草应收账款。",
  },
  DraftingDesk_NotParty: {
    en: "{caller} does not act for participant {party}, who alone may do this.",
    zh: "{caller} 不代表参与方 {party}，只有该方可以进行此操作。",
  },
  DraftingDesk_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
  },
  DraftingDesk_PaymentTermTooLong: {
    en: "A large firm would pay a smaller one {paymentDays} days after delivery, but the law allows {longest}: agree on an earlier day.",
    zh: "大型企业向中小企业付款的期限为交付后 {paymentDays} 天，超过规定的 {longest} 天：请约定更早的付款日。",
  },
  DraftingDesk_SameParty: {
    en: "Participant {participant} drafts a claim on itself: name another debtor.",
    zh: "参与方 {participant} 以自己为债务方起草：请填写其他债务方。",
  },
  DraftingDesk_WrongStatus: {
    en: "Draft {id} does not wait to be confirmed: it does not exist, is a receivable already, was withdrawn or refused.",
    zh: "草稿 {id} 不在待确权状态：它不存在、已成为应收账款、已撤回或已被拒绝。",
  },
  FinanceRules_DayHasBegun: {
    en: "{day} has begun (today is {today}): the calendar is announced ahead.",
    zh: "{day} 已经开始（今天是 {today}）：日历只能提前公布。",
  },
  FinanceRules_InvalidTerms: {
    en: "The terms' {field} has no admissible value: tenors are 1 to 365 days, late fees at most 36 % a year.",
    zh: "条款字段 {field} 无效：期限为 1 至 365 天，逾期费率年化不超过 36 %。",
  },
  FinancingDesk_AfterDueDay: {
    en: "{day} is after the due day, {dueDay}: a claim is priced up to the day on which it is due.",
    zh: "{day} 晚于到期日 {dueDay}：只能对到期日及以前定价。",
  },
  FinancingDesk_BidExpired: {
    en: "Bid {id} was good until {lastDay}: accept another, or have it placed again.",
    zh: "报价 {id} 有效至 {lastDay}，已过期：请接受其他报价或重新报价。",
  },
  FinancingDesk_InsufficientUnits: {
    en: "{units} units of receivable {receivable} cannot be offered: offer more than none and at most the {balance} that you hold free of pledges.",
    zh: "不能以应收账款 {receivable} 的 {units} 份申请融资：须大于零且不超过持有的未质押份额 {balance} 份。",
  },
  FinancingDesk_InvalidLastDay: {
    en: "The last day {lastDay} is past or after {latest}: a request ends before the due day, a bid with its request.",
    zh: "截止日 {lastDay} 已过或晚于 {latest}：申请须在到期日前截止，报价不得晚于申请的截止日。",
  },
  FinancingDesk_InvalidRate: {
    en: "A rate of {rateBp} is above the {maxRateBp} that the request accepts: bid a lower one.",
    zh: "利率 {rateBp} 高于申请可接受的 {maxRateBp}：请降低利率。",
  },
  FinancingDesk_InvalidRegistration: {
    en: "A registration number has 1 to {longest} bytes, not {length}: give the number of the registration system.",
    zh: "登记编号长度须为 1 至 {longest} 字节，而不是 {length}：请填写中登登记编号。",
  },
  FinancingDesk_NotParty: {
    en: "{caller} does not act for participant {party}, who alone may do this.",
    zh: "{caller} 不代表参与方 {party}，只有该方可以进行此操作。",
  },
  FinancingDesk_ParticipantNotGood: {
    en: "{account} belongs to no active participant, or wants to bid without being a bank: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方，或报价方不是银行：请先注册、续期或恢复资格。",
  },
  FinancingDesk_RegistrationExists: {
    en: "Financing {id} has a registration number already: it is recorded once.",
    zh: "融资 {id} 已有登记编号：只能登记一次。",
  },
  FinancingDesk_RequestNotOpen: {
    en: "Request {id} takes no bids any more (status {status}: 1 open, 2 financed, 3 cancelled; last day {lastDay}).",
    zh: "融资申请 {id} 不再接受报价（状态 {status}：1 开放，2 已融资，3 已撤销；截止日 {lastDay}）。",
  },
  FinancingDesk_SameParty: {
    en: "Participant {participant} holds or owes the claim itself: another bank finances it.",
    zh: "参与方 {participant} 自己持有或自己欠付该应收账款：应由其他银行融资。",
  },
  FinancingDesk_StillBinding: {
    en: "Bid {id} binds until {lastDay}: it is released when its request ends, what was bid on changes, or it cannot be accepted any more.",
    zh: "报价 {id} 在 {lastDay} 前仍有约束力：申请结束、标的变化或无法再被接受时才能释放。",
  },
  FinancingDesk_SubjectChanged: {
    en: "What bid {id} was made for has changed, by a payment, a freeze, the due day or a default: ask for new bids.",
    zh: "报价 {id} 的标的已变化（部分还款、冻结、到期或违约）：请重新征集报价。",
  },
  FinancingDesk_WrongBidStatus: {
    en: "Bid {id} is not where this needs it to be (status {status}: 0 none, 1 funded, 2 accepted, 3 released).",
    zh: "报价 {id} 的状态不允许此操作（状态 {status}：0 不存在，1 已冻结资金，2 已接受，3 已释放）。",
  },
  KwhToken_ExceedsConsumption: {
    en: "{amountWh} cannot be retired: meter {meter} consumed only {leftWh} more on {day}.",
    zh: "不能注销 {amountWh}：计量点 {meter} 在 {day} 的用电量仅余 {leftWh} 可注销。",
  },
  KwhToken_MinterInCharge: {
    en: "The escrow {minter} is in charge from {fromDay} on, and its days may be open for trading: approve a successor instead.",
    zh: "托管合约 {minter} 自 {fromDay} 起负责，其交割日可能已开放交易：请改为批准后继合约。",
  },
  KwhToken_MinterOutOfRange: {
    en: "An escrow cannot take over on {fromDay}: the day lies from {earliest} to {latest}.",
    zh: "新的托管合约不能从 {fromDay} 起接管：起始日须在 {earliest} 至 {latest} 之间。",
  },
  KwhToken_NotFormerAccount: {
    en: "{account} was never replaced by another account: name the former account of a participant.",
    zh: "{account} 未曾被更换：请填写参与方更换前的旧账户。",
  },
  KwhToken_NotFinal: {
    en: "The consumption of meter {meter} on {day} is not final, or the curve given is not the one in force: wait, or read it again.",
    zh: "计量点 {meter} 在 {day} 的用电数据尚未定稿，或所给曲线不是现行版本：请等待或重新读取。",
  },
  KwhToken_NotMinter: {
    en: "{caller} is not the escrow in charge of {day}, which alone mints its kWh.",
    zh: "{caller} 不是负责 {day} 的托管合约，无权铸造该日电量。",
  },
  KwhToken_NotOwnConsumption: {
    en: "Meter {meter} measures no consumption of {caller}: kWh are retired against one's own use.",
    zh: "计量点 {meter} 不是 {caller} 的用电计量点：只能以自身用电注销。",
  },
  KwhToken_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
  },
  MarketRules_InvalidRuleSet: {
    en: "The rules' {field} has no admissible value: correct it and publish again.",
    zh: "规则字段 {field} 无效：请更正后重新发布。",
  },
  MarketRules_InvalidZone: {
    en: "A zone of voltage class {voltage} cannot lie in zone {parent}: its voltage is above the parent's, or the tree is eight levels deep already.",
    zh: "电压等级 {voltage} 的分区不能位于分区 {parent} 之下：其电压高于上级，或层级已达八层。",
  },
  MarketRules_NoRuleSet: {
    en: "No rules are in force on {day}: publish a rule set that takes effect by then.",
    zh: "{day} 没有生效的规则：请先发布届时生效的规则。",
  },
  MarketRules_UnknownRuleSet: {
    en: "There is no rule set {id}: rule sets are numbered from 1.",
    zh: "规则 {id} 不存在：规则从 1 开始编号。",
  },
  MarketRules_UnknownZone: {
    en: "There is no zone {zone}: zones are numbered from 1.",
    zh: "分区 {zone} 不存在：分区从 1 开始编号。",
  },
  MeterRegistry_AboveCapacity: {
    en: "Meter {meter} on {day}: {slot} shows {energyWh}, more than the {limitWh} that it can measure; correct the reading.",
    zh: "计量点 {meter} 在 {day} 的 {slot} 读数为 {energyWh}，超过其上限 {limitWh}：请更正读数。",
  },
  MeterRegistry_AssetTaken: {
    en: "A meter with asset number (hash) {assetHash} is registered already: each is registered once.",
    zh: "资产编号（哈希）{assetHash} 的计量点已登记：不能重复登记。",
  },
  MeterRegistry_CorrectionTooLate: {
    en: "Meter {meter} on {day} could be corrected until {until}: metering errors are refunded or surcharged for up to 366 days.",
    zh: "计量点 {meter} 在 {day} 的数据只能在 {until} 之前更正：计量差错的退补最长追溯 366 天。",
  },
  MeterRegistry_DayNotOver: {
    en: "{day} is not over yet: report meter {meter} after midnight in Shanghai.",
    zh: "{day} 尚未结束：请在次日零时（北京时间）后上报计量点 {meter}。",
  },
  MeterRegistry_DeadlinePassed: {
    en: "The deadline to report meter {meter} on {day} has passed: let the day lapse, then report it late.",
    zh: "计量点 {meter} 在 {day} 的上报期限已过：请先确认失效，再补报。",
  },
  MeterRegistry_Inactive: {
    en: "Meter {meter} is out of service: register the one that replaced it.",
    zh: "计量点 {meter} 已停用：请登记替换它的计量点。",
  },
  MeterRegistry_InvalidMeter: {
    en: "The meter's {field} has no admissible value: correct the registration.",
    zh: "计量点字段 {field} 无效：请更正登记信息。",
  },
  MeterRegistry_InvalidWindows: {
    en: "Windows of {reportDays} days to report and {objectionHours} hours to object are not possible: they last 1 to 60 days and 1 to 720 hours.",
    zh: "上报期 {reportDays} 天、异议期 {objectionHours} 小时不可行：应为 1 至 60 天和 1 至 720 小时。",
  },
  MeterRegistry_NotAccepted: {
    en: "Participant {participant} has not accepted the reading of meter {meter} on {day}: wait for the end of the objection window.",
    zh: "参与方 {participant} 尚未确认计量点 {meter} 在 {day} 的数据：请等待异议期结束。",
  },
  MeterRegistry_NotAuthorised: {
    en: "{caller} does not act for participant {participant}, who alone may do this.",
    zh: "{caller} 不代表参与方 {participant}，只有该方可以进行此操作。",
  },
  MeterRegistry_ParticipantNotGood: {
    en: "Participant {participant} is not active, or may not trade for others' meters: only the owner, a retailer or an aggregator may.",
    zh: "参与方 {participant} 资格无效，或不能代他人的计量点交易：只有业主、售电公司或聚合商可以。",
  },
  MeterRegistry_TooEarly: {
    en: "Meter {meter} on {day} cannot be finalised or lapse before {from}.",
    zh: "计量点 {meter} 在 {day} 的数据要到 {from} 才能定稿或失效。",
  },
  MeterRegistry_UnknownMeter: {
    en: "Meter {meter} is not registered: meters are numbered from 1.",
    zh: "计量点 {meter} 未登记：计量点从 1 开始编号。",
  },
  MeterRegistry_VersionChanged: {
    en: "Version {version} of meter {meter} on {day} is not the one in force: read the day again and accept that.",
    zh: "计量点 {meter} 在 {day} 的第 {version} 版不是现行版本：请重新读取后再确认。",
  },
  MeterRegistry_WrongState: {
    en: "Meter {meter} on {day} is not where this needs it to be (state {state}: 0 none, 1 reported, 2 final, 3 lapsed, 4 reported late, 5 finalised late).",
    zh: "计量点 {meter} 在 {day} 的状态不允许此操作（状态 {state}：0 无数据，1 已上报，2 已定稿，3 已失效，4 补报，5 补报定稿）。",
  },
  OpeningDesk_NotEscrow: {
    en: "The opening desk works for the escrow only: call the escrow.",
    zh: "此合约只供托管合约调用：请调用托管合约。",
  },
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
    en: "{signer} is no second factor: it is an account other than the participant's own, or a verifier contract's address followed by a key.",
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
  ParticipantRegistry_ReplacementNotApproved: {
    en: "{account} was proposed to replace the account of participant {id}, but no second registrar has approved it yet.",
    zh: "{account} 已提交用于替换参与方 {id} 的账户，但尚未经第二名注册员批准。",
  },
  ParticipantRegistry_ReplacementMismatch: {
    en: "What is approved is not what was proposed for participant {id}: account {account}, reason {reasonHash}; read the proposal again.",
    zh: "批准的内容与为参与方 {id} 提交的不一致：提交的账户为 {account}，事由为 {reasonHash}，请重新核对。",
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
  Receivables_DebtorInDefault: {
    en: "Participant {debtor} is in default and gets no new receivables until it has paid.",
    zh: "参与方 {debtor} 处于违约状态：还清之前不能再签发应收账款。",
  },
  Receivables_Encumbered: {
    en: "{units} units of receivable {id} that {holder} holds are pledged: they stay until the pledgee is paid or releases them, and cannot be pledged twice.",
    zh: "{holder} 持有的应收账款 {id} 中有 {units} 份已质押：质权人受偿或解除之前不能转让，也不能重复质押。",
  },
  Receivables_FreezeTooLong: {
    en: "Receivable {id} cannot be frozen until {until}: a freeze ends within 30 days of the first one.",
    zh: "应收账款 {id} 不能冻结至 {until}：冻结自首次起不超过 30 天。",
  },
  Receivables_InsufficientUnits: {
    en: "{units} units of receivable {id} cannot be pledged: pledge more than none and at most the {balance} that you hold.",
    zh: "不能质押应收账款 {id} 的 {units} 份：须大于零且不超过持有的 {balance} 份。",
  },
  Receivables_InvalidPayment: {
    en: "{amountFen} is not what can be paid towards receivable {id}: it is more than nothing and at most {outstandingFen}, late fee included.",
    zh: "应收账款 {id} 不能支付 {amountFen}：金额须大于零且不超过 {outstandingFen}（含逾期费）。",
  },
  Receivables_InvalidRegistration: {
    en: "A registration number has 1 to {longest} bytes, not {length}: give the number of the registration system.",
    zh: "登记编号长度须为 1 至 {longest} 字节，而不是 {length}：请填写中登登记编号。",
  },
  Receivables_InvoiceUsed: {
    en: "A receivable between these parties rests on the invoice {invoiceHash} already: an invoice backs one claim.",
    zh: "双方之间已有应收账款使用发票 {invoiceHash}：一张发票只能对应一笔债权。",
  },
  Receivables_KeyUsed: {
    en: "This trade or this invoice was turned into a receivable before: a claim is issued once (key {key}).",
    zh: "该交易或发票已生成过应收账款：同一债权只能签发一次（标识 {key}）。",
  },
  Receivables_NoEvidence: {
    en: "Say what this rests on for receivable {id}: give the keccak256 of the document, not zero.",
    zh: "请说明应收账款 {id} 此操作的依据：填写证明文件的 keccak256 摘要，不能为零。",
  },
  Receivables_NotEncumbered: {
    en: "No pledge lies on the units of receivable {id} that {holder} holds.",
    zh: "{holder} 持有的应收账款 {id} 上没有质押。",
  },
  Receivables_NotFormerAccount: {
    en: "{account} was never replaced by another account: name the former account of a participant.",
    zh: "{account} 未曾被更换：请填写参与方更换前的旧账户。",
  },
  Receivables_NotHolder: {
    en: "{caller} cannot pursue receivable {id} for the units of {holder}: only who holds units of it can, or the bank they are pledged to.",
    zh: "{caller} 不能就 {holder} 的份额追偿应收账款 {id}：只有持有人或其质权银行可以。",
  },
  Receivables_NotInArrears: {
    en: "Receivable {id} can be written off from {arrearsAt} on, when it is more than 60 days late.",
    zh: "应收账款 {id} 逾期超过 60 天后方可核销，即自 {arrearsAt} 起。",
  },
  Receivables_NotInDefault: {
    en: "Receivable {id} is not in default: it is paid or declared already, or its grace lasts until {defaultsAt}.",
    zh: "应收账款 {id} 未违约：已还清、已宣告，或宽限期至 {defaultsAt}。",
  },
  Receivables_NotParty: {
    en: "{caller} does not act for participant {party}, who alone may do this.",
    zh: "{caller} 不代表参与方 {party}，只有该方可以进行此操作。",
  },
  Receivables_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
  },
  Receivables_PledgeeNotGood: {
    en: "Participant {pledgee} is no active bank: units are pledged to banks in good standing.",
    zh: "参与方 {pledgee} 不是有效的银行：只能质押给资格有效的银行。",
  },
  Receivables_TenorOutOfRange: {
    en: "{tenorDays} days remain until the due day; a receivable runs 1 to {longest} days.",
    zh: "距到期日还有 {tenorDays} 天，应收账款期限须为 1 至 {longest} 天。",
  },
  Receivables_UnitsFixed: {
    en: "Receivable {id} can no longer be passed on: it is due, paid in part, in default or frozen.",
    zh: "应收账款 {id} 不能再转让：已到期、已部分偿付、已违约或被冻结。",
  },
  Receivables_Unknown: {
    en: "There is no receivable {id}: check the number.",
    zh: "应收账款 {id} 不存在：请核对编号。",
  },
  Receivables_WrongStatus: {
    en: "Receivable {id} is not where this needs it to be (status {status}: 1 outstanding, 2 in default, 3 being recovered, 4 written off, 5 repaid): what is in default is recovered, what is recovered is written off.",
    zh: "应收账款 {id} 的状态不允许此操作（状态 {status}：1 未清偿，2 违约，3 追偿中，4 已核销，5 已清偿）：违约后方可追偿，追偿后方可核销。",
  },
  Schedule_NothingAhead: {
    en: "Nothing takes effect after {today} that could be withdrawn.",
    zh: "{today} 之后没有待生效的内容可撤回。",
  },
  Schedule_OutOfRange: {
    en: "This would take effect on {day}; the day must lie from {earliest} to {latest}.",
    zh: "生效日为 {day}，应在 {earliest} 至 {latest} 之间。",
  },
  SecondFactor_InvalidSignature: {
    en: "The second factor of participant {participant} did not sign {subject}: have it sign exactly that, with its holder verified.",
    zh: "参与方 {participant} 的第二因子没有签署 {subject}：请用现行第二因子对此内容签名，并完成本人验证。",
  },
  SecondFactor_NoFactor: {
    en: "Participant {participant} has no second factor: two registrars enrol one by a renewal.",
    zh: "参与方 {participant} 没有第二因子：须由两名注册员通过续期登记。",
  },
  SecondFactor_Required: {
    en: "Participant {participant} has committed {exposureFen} today and {amountFen} more would pass its limit of {exposureLimitFen}: have its second factor confirm {subject} first.",
    zh: "参与方 {participant} 今日已承诺 {exposureFen}，再加 {amountFen} 将超过限额 {exposureLimitFen}：请先用第二因子确认 {subject}。",
  },
  TradeEscrow_AboveCapacity: {
    en: "Meter {meter} on {day} would be sold beyond its capacity: sell less.",
    zh: "计量点 {meter} 在 {day} 的售电量将超过其容量：请减少电量。",
  },
  TradeEscrow_AboveMaximum: {
    en: "{party} would have to pay or pledge {amountFen}, but signed at most {maximumFen}: sign a higher maximum.",
    zh: "{party} 需支付或质押 {amountFen}，而其签署的上限为 {maximumFen}：请签署更高的上限。",
  },
  TradeEscrow_Expired: {
    en: "What was signed expired at {expiry}: sign it again with a later expiry.",
    zh: "签署内容已于 {expiry} 过期：请用更晚的有效期重新签署。",
  },
  TradeEscrow_FreezeTooLong: {
    en: "Trade {id} cannot be frozen until {until}: freezes of one trade last 30 days in all.",
    zh: "交易 {id} 不能冻结至 {until}：同一交易累计冻结不超过 30 天。",
  },
  TradeEscrow_GateClosed: {
    en: "Trades for {day} can be opened from {opensAt} until {closesAt}.",
    zh: "{day} 的交易只能在 {opensAt} 至 {closesAt} 之间成交。",
  },
  TradeEscrow_InvalidBands: {
    en: "The bands are no day: they must ascend without overlap within slots 0 to 96, each with energy, all below 2^31.",
    zh: "分段无效：各段须在 0 至 96 时段内递增且不重叠，电量大于零，数值小于 2^31。",
  },
  TradeEscrow_InvalidSignature: {
    en: "{signer} did not sign this for this market: check that message, chain and escrow are the ones signed.",
    zh: "{signer} 没有为本市场签署此内容：请核对签署的内容、链与合约地址。",
  },
  TradeEscrow_MalformedRound: {
    en: "The round is not well formed: entry {position} of {what} breaks its rule; put the submission together again.",
    zh: "出清提交格式有误：{what} 的第 {position} 项不合规则；请重新组织提交。",
  },
  TradeEscrow_MeterNotTradable: {
    en: "Participant {trader} cannot trade meter {meter}: it is out of service, of the other direction, or somebody else's to trade.",
    zh: "参与方 {trader} 不能交易计量点 {meter}：该计量点已停用、方向不符，或由他人代理交易。",
  },
  TradeEscrow_NoPayable: {
    en: "Nothing of this kind is owed out of trade {id}.",
    zh: "交易 {id} 没有此类应付款。",
  },
  TradeEscrow_NonceUsed: {
    en: "{signer} has used or cancelled nonce {nonce} before: sign with another one.",
    zh: "{signer} 已使用或撤销过编号 {nonce}：请换一个编号重新签署。",
  },
  TradeEscrow_NotEligible: {
    en: "Meter {meter} may not sell to a neighbour over this path: its plant is too large or its voltage too high for neighbour trading.",
    zh: "计量点 {meter} 不能经此路径隔墙售电：电站容量或电压等级超出隔墙售电的范围。",
  },
  TradeEscrow_NotFinal: {
    en: "Meter {meter} on {day} is not final, or the curve given is not the final one: settle once the reading is final.",
    zh: "计量点 {meter} 在 {day} 的数据尚未定稿，或所给曲线不是定稿曲线：请在定稿后结算。",
  },
  TradeEscrow_NotFrozen: {
    en: "Trade {id} is not frozen: it is frozen before it is ruled on.",
    zh: "交易 {id} 未被冻结：裁决前须先冻结。",
  },
  TradeEscrow_NotInCharge: {
    en: "Trades for {day} belong to the escrow at {minter}: open them there.",
    zh: "{day} 的交易由托管合约 {minter} 负责：请在该合约开立。",
  },
  TradeEscrow_NotLapsed: {
    en: "Meter {meter} on {day} has not lapsed.",
    zh: "计量点 {meter} 在 {day} 尚未失效。",
  },
  TradeEscrow_NotParty: {
    en: "{caller} does not act for participant {party}, who alone may do this.",
    zh: "{caller} 不代表参与方 {party}，只有该方可以进行此操作。",
  },
  TradeEscrow_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
  },
  TradeEscrow_PaymentTermTooLong: {
    en: "{paymentDays} days until payment are more than the {longest} that the rules allow between these parties.",
    zh: "账期 {paymentDays} 天超过规则允许双方的最长 {longest} 天。",
  },
  TradeEscrow_PriceConflict: {
    en: "Round {round} has another price for zone {zone} already: a round has one price curve a zone and day.",
    zh: "出清轮次 {round} 在分区 {zone} 已有另一价格：同一轮次每区每日只有一条价格曲线。",
  },
  TradeEscrow_PriceOutsideLimits: {
    en: "The price of {slot} is {price}, outside the season's limits of {floor} to {cap}.",
    zh: "{slot} 的价格为 {price}，超出本季限价 {floor} 至 {cap}。",
  },
  TradeEscrow_RulingExceedsHold: {
    en: "The ruling on trade {id} gives out more than is held for it: divide at most what is held.",
    zh: "对交易 {id} 的裁决超过其冻结金额：分配总额不能超过冻结额。",
  },
  TradeEscrow_SameParty: {
    en: "Participant {participant} is both buyer and seller: nobody trades with itself.",
    zh: "参与方 {participant} 同时为买方和卖方：不能与自己交易。",
  },
  TradeEscrow_StalePosition: {
    en: "Meter {meter} has sold something of {day} since its position was read: read it again and submit again.",
    zh: "读取之后，计量点 {meter} 在 {day} 的持仓已变化：请重新读取后再提交。",
  },
  TradeEscrow_SurplusMinted: {
    en: "The surplus of meter {meter} on {day} was minted before.",
    zh: "计量点 {meter} 在 {day} 的余电凭证已铸造。",
  },
  TradeEscrow_TradesMissing: {
    en: "The trades given are not all that meter {meter} sold of {day}: read them again and give every one.",
    zh: "所给交易不是计量点 {meter} 在 {day} 的全部售电交易：请重新读取并完整提供。",
  },
  TradeEscrow_UnknownPayee: {
    en: "The rules in force pay participant {payee}, who is not enrolled: enrol it, or publish other rules.",
    zh: "现行规则指定的收款方 {payee} 未注册：请先注册或发布新规则。",
  },
  TradeEscrow_WrongStatus: {
    en: "Trade {id} is not where this needs it to be (status {status}: 0 none, 1 open, 2 settled, 3 lapsed, 4 ruled).",
    zh: "交易 {id} 的状态不允许此操作（状态 {status}：0 不存在，1 未结算，2 已结算，3 已失效，4 已裁决）。",
  },
  TradeEscrow_WrongTerms: {
    en: "These are not the terms or curves that trade {id} was opened with: build the arguments from the logs.",
    zh: "所给条款或曲线与交易 {id} 成交时不符：请由日志重建参数。",
  },
  TradeEscrow_WrongTotals: {
    en: "The bands add up to {energyWh} and {amountFen}, which is not what was signed: sign verified totals.",
    zh: "分段合计为 {energyWh}、{amountFen}，与签署的合计不符：请签署核对过的合计。",
  },
};

/** One sentence about why a call failed, whatever library made it. */
export function explain(error: unknown, language: Language = "en"): string {
  const refusal = refusalOf(error);
  if (refusal === undefined) {
    const ofNode = nodeRefusal(error, language);
    if (ofNode !== undefined) return ofNode;
    if (error instanceof BaseError) return error.shortMessage;
    return error instanceof Error ? error.message : String(error);
  }
  const { name, args } = refusal;
  const sentence = SENTENCES[name]?.[language];
  if (sentence !== undefined)
    return sentence.replace(/\{(\w+)(?::(\w+))?\}/g, (_, key: string, unit = "") => shown(key + unit, args[key]));
  return name;
}

/** What a contract of the platform refused with; undefined when the failure is of another kind. */
export function refusalOf(error: unknown): Refusal | undefined {
  const data = revertData(error);
  if (data === undefined) return undefined;
  for (const abi of [...Object.values(ABIS), ...Object.values(MADE_ABIS)]) {
    try {
      const { errorName, args = [], abiItem } = decodeErrorResult({ abi, data });
      const inputs = (abiItem as unknown as AbiEvent).inputs ?? [];
      const values = args as readonly unknown[];
      return { name: errorName, args: Object.fromEntries(inputs.map(({ name }, i) => [name ?? String(i), values[i]])) };
    } catch {
      // Another contract's error.
    }
  }
  return undefined;
}

/** Libraries and nodes put the answer of a reverted call in different places, some of them deep. */
function revertData(error: unknown, depth = 0): Hex | undefined {
  if (typeof error === "string") return /^0x([0-9a-f]{2}){4,}$/i.test(error) ? (error as Hex) : undefined;
  if (typeof error !== "object" || error === null || depth > 8) return undefined;
  const fields = error as Record<string, unknown>;
  for (const key of ["raw", "data", "cause", "error", "info", "revert"]) {
    const found = revertData(fields[key], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value with the unit that its name says. */
function shown(name: string, value: unknown): string {
  if (typeof value !== "bigint" && typeof value !== "number") return String(value);
  if (DAYS.has(name) || name.endsWith("Day")) return shownDay(Number(value));
  if (name.endsWith("Fen")) return formatYuan(BigInt(value));
  if (name.endsWith("Wh")) return formatKwh(BigInt(value));
  if (name.endsWith("Bp")) return formatPercent(Number(value));
  if (name === "slot") return Number(value) < SLOTS ? slotLabel(Number(value)) : String(value);
  if (PRICES.has(name)) return formatYuanPerMwh(Number(value));
  if (TIMES.has(name)) return shownTime(value);
  return String(value);
}

const DAYS = new Set(["day", "today", "earliest", "latest", "validUntil"]);
const PRICES = new Set(["price", "limit", "floor", "cap"]);
const TIMES = new Set([
  "expiry",
  "deadline",
  "from",
  "opensAt",
  "closesAt",
  "until",
  "defaultsAt",
  "arrearsAt",
  "completableAt",
]);

/** A date; a number of days that no calendar reaches stays one, for whoever chose it may choose anything. */
function shownDay(day: number): string {
  return day <= LAST_DAY ? formatDay(day) : String(day);
}

/** A second as clocks in Shanghai show it. */
function shownTime(unixSeconds: bigint | number): string {
  if (unixSeconds >= startOfDay(LAST_DAY)) return String(unixSeconds);
  // Its own day begins eight hours after Greenwich's, so that the UTC notation of the shifted second is Shanghai's.
  return new Date((Number(unixSeconds) - startOfDay(0)) * 1000).toISOString().slice(0, 16).replace("T", " ");
}
