import type { Sentences } from "../types/sentence.ts";

/** Sentences for what receivables and the desks around them refuse. */
export const FINANCE_SENTENCES: Sentences = {
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
    zh: "确权签名已于 {expiry} 过期：请债务人用更晚的有效期重新签署。",
  },
  DraftingDesk_InvalidInvoice: {
    en: "The invoice's {field} is missing or has no admissible value: correct the draft.",
    zh: "发票字段 {field} 缺失或无效：请更正草稿。",
  },
  DraftingDesk_InvalidSignature: {
    en: "{debtor} did not sign this draft: the debtor's own account must confirm exactly these terms, on this chain.",
    zh: "{debtor} 没有签署此草稿：须由债务人账户在本链上对同一内容确权。",
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
    zh: "参与方 {participant} 以自己为债务人起草：请填写其他债务人。",
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
    en: "The terms' {field} has no admissible value: tenors are 1 to 365 days, late fees at most 36 % a year, days of grace at most 60.",
    zh: "条款字段 {field} 无效：期限为 1 至 365 天，逾期费率年化不超过 36 %，宽限期不超过 60 天。",
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
    en: "What bid {id} was made for has changed, by payment, a stand-still, the due day or a default: ask for new bids.",
    zh: "报价 {id} 的标的已变化（清偿、中止计时、到期或违约）：请重新征集报价。",
  },
  FinancingDesk_WrongBidStatus: {
    en: "Bid {id} is not where this needs it to be (status {status}: 0 none, 1 funded, 2 accepted, 3 released).",
    zh: "报价 {id} 的状态不允许此操作（状态 {status}：0 不存在，1 已冻结资金，2 已接受，3 已释放）。",
  },
  Receivables_DebtorInDefault: {
    en: "Participant {debtor} is in default and gets no new receivables until it has paid.",
    zh: "参与方 {debtor} 处于违约状态：还清之前不能再签发应收账款。",
  },
  Receivables_Encumbered: {
    en: "{units} units of receivable {id} that {holder} holds are pledged: they stay until the pledgee is paid or releases them, and cannot be pledged twice.",
    zh: "{holder} 持有的应收账款 {id} 中有 {units} 份已质押：质权人受偿或解除之前不能转让，也不能重复质押。",
  },
  Receivables_InsufficientUnits: {
    en: "{units} units of receivable {id} cannot be pledged: pledge more than none and at most the {balance} that you hold.",
    zh: "不能质押应收账款 {id} 的 {units} 份：须大于零且不超过持有的 {balance} 份。",
  },
  Receivables_InvalidRegistration: {
    en: "A registration number has 1 to {longest} bytes, not {length}: give the number of the registration system.",
    zh: "登记编号长度须为 1 至 {longest} 字节，而不是 {length}：请填写中登登记编号。",
  },
  Receivables_InvoiceUsed: {
    en: "A receivable between these parties rests on the invoice {invoiceHash} already: an invoice backs one claim.",
    zh: "双方之间已有应收账款使用发票 {invoiceHash}：一张发票只能对应一笔债权。",
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
  Receivables_NotParty: {
    en: "{caller} does not act for participant {party}, who alone may do this.",
    zh: "{caller} 不代表参与方 {party}，只有该方可以进行此操作。",
  },
  Receivables_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
  },
  Receivables_PledgeeNotGood: {
    en: "Participant {pledgee} is not an active bank: units are pledged to banks in good standing.",
    zh: "参与方 {pledgee} 不是有效的银行：只能质押给资格有效的银行。",
  },
  Receivables_TenorOutOfRange: {
    en: "{tenorDays} days remain until the due day; a receivable runs 1 to {longest} days.",
    zh: "距到期日还有 {tenorDays} 天，应收账款期限须为 1 至 {longest} 天。",
  },
  Receivables_UnitsFixed: {
    en: "Receivable {id} cannot be passed on: its debt is due, paid or standing still, or its debtor in default.",
    zh: "应收账款 {id} 不能转让：债务已到期、已清偿或中止计时，或债务人已违约。",
  },
  Receivables_Unknown: {
    en: "There is no receivable {id}: check the number.",
    zh: "应收账款 {id} 不存在：请核对编号。",
  },
};
