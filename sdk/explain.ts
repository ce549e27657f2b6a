import { type AbiEvent, BaseError, decodeErrorResult, type Hex } from "viem";
import { openingDeskAbi } from "./abi/index.ts";
import { ABIS } from "./abis.ts";
import { nodeRefusal } from "./nodeRefusal.ts";
import { formatDay, slotLabel, startOfDay } from "./time.ts";
import { formatKwh, formatPercent, formatYuan, formatYuanPerMwh } from "./units.ts";

export type Language = "en" | "zh";

/** What a contract refused with. */
export interface Refusal {
  /** As in the contracts: TradeEscrow_StalePosition. */
  name: string;
  args: Record<string, unknown>;
}

type Sentence = Record<Language, string>;

/** Sentences for the refusals that people meet; `{day}` stands for the error's own value of that name, with its unit. */
export const SENTENCES: Record<string, Sentence> = {
  AccessManagedUnauthorized: {
    en: "{caller} does not hold the role that this asks for: send it from the account that does.",
    zh: "{caller} 没有此操作所需的角色：请用有权账户发送。",
  },
  BoundedCall_TooLittleGas: {
    en: "The transaction has too little gas left to ask a contract wallet for its signature: raise the gas limit by 500,000.",
    zh: "剩余 gas 不足以让合约钱包核验签名：请把 gas 上限提高 500,000。",
  },
  Curve_Malformed: {
    en: "A curve of {length} bytes came, or one with a value of 2^31 or more: a day is 384 bytes, four for each of 96 slots.",
    zh: "收到 {length} 字节的曲线，或其中有值达到 2^31：一天的曲线应为 384 字节，96 个时段每段 4 字节。",
  },
  DepositToken_Frozen: {
    en: "The deposits of participant {participant} are frozen by the bank: nothing new can be paid or held from them.",
    zh: "参与方 {participant} 的存款已被银行冻结：不能再支付或冻结新的款项。",
  },
  DepositToken_InsufficientFree: {
    en: "Participant {participant} has {freeFen} free, but {amountFen} is needed: deposit more, or wait until holds are released.",
    zh: "参与方 {participant} 可用余额为 {freeFen}，需要 {amountFen}：请充值，或等待冻结款项释放。",
  },
  DepositToken_NotOptedIn: {
    en: "Participant {participant} has not let {notary} hold its deposits: opt in first.",
    zh: "参与方 {participant} 尚未授权 {notary} 冻结其存款：请先授权。",
  },
  DepositToken_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
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
    en: "Draft {id} does not wait to be confirmed: it does not exist, is a receivable already, or was withdrawn.",
    zh: "草稿 {id} 不在待确权状态：它不存在、已成为应收账款或已撤回。",
  },
  FinanceRules_DayHasBegun: {
    en: "{day} has begun (today is {today}): the calendar is announced ahead.",
    zh: "{day} 已经开始（今天是 {today}）：日历只能提前公布。",
  },
  FinanceRules_EffectiveTooEarly: {
    en: "These terms would take effect on {effectiveDay}; the earliest day is {earliest}.",
    zh: "条款生效日为 {effectiveDay}，最早只能为 {earliest}。",
  },
  FinanceRules_InvalidTerms: {
    en: "The terms' {field} has no admissible value: tenors are 1 to 365 days, late fees at most 36 % a year.",
    zh: "条款字段 {field} 无效：期限为 1 至 365 天，逾期费率年化不超过 36 %。",
  },
  MeterRegistry_AboveCapacity: {
    en: "Meter {meter} on {day}: {slot} shows {energyWh}, more than the {limitWh} that it can measure; correct the reading.",
    zh: "计量点 {meter} 在 {day} 的 {slot} 读数为 {energyWh}，超过其上限 {limitWh}：请更正读数。",
  },
  MeterRegistry_DayNotOver: {
    en: "{day} is not over yet: report meter {meter} after midnight in Shanghai.",
    zh: "{day} 尚未结束：请在次日零时（北京时间）后上报计量点 {meter}。",
  },
  MeterRegistry_DeadlinePassed: {
    en: "The deadline to report meter {meter} on {day} has passed: let the day lapse, then report it late.",
    zh: "计量点 {meter} 在 {day} 的上报期限已过：请先确认失效，再补报。",
  },
  MeterRegistry_TooEarly: {
    en: "Meter {meter} on {day} cannot be frozen or lapse before {from}.",
    zh: "计量点 {meter} 在 {day} 的数据要到 {from} 才能定稿或失效。",
  },
  MeterRegistry_VersionChanged: {
    en: "Version {version} of meter {meter} on {day} is not the one in force: read the day again and accept that.",
    zh: "计量点 {meter} 在 {day} 的第 {version} 版不是现行版本：请重新读取后再确认。",
  },
  ParticipantRegistry_SamePerson: {
    en: "{registrar} proposed this participant and cannot approve it: a second registrar must.",
    zh: "{registrar} 是该参与方的提交人，不能由同一人批准：须由另一名注册员批准。",
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
  Receivables_NotEncumbered: {
    en: "No pledge lies on the units of receivable {id} that {holder} holds.",
    zh: "{holder} 持有的应收账款 {id} 上没有质押。",
  },
  Receivables_PledgeeNotGood: {
    en: "Participant {pledgee} is no active bank: units are pledged to banks in good standing.",
    zh: "参与方 {pledgee} 不是有效的银行：只能质押给资格有效的银行。",
  },
  Receivables_InvalidPayment: {
    en: "{amountFen} is not what can be paid towards receivable {id}: it is more than nothing and at most {outstandingFen}, late fee included.",
    zh: "应收账款 {id} 不能支付 {amountFen}：金额须大于零且不超过 {outstandingFen}（含逾期费）。",
  },
  Receivables_InvoiceUsed: {
    en: "A receivable between these parties rests on the invoice {invoiceHash} already: an invoice backs one claim.",
    zh: "双方之间已有应收账款使用发票 {invoiceHash}：一张发票只能对应一笔债权。",
  },
  Receivables_KeyUsed: {
    en: "This trade or this invoice was turned into a receivable before: a claim is issued once (key {key}).",
    zh: "该交易或发票已生成过应收账款：同一债权只能签发一次（标识 {key}）。",
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
  Receivables_TenorOutOfRange: {
    en: "{tenorDays} days remain until the due day; a receivable runs 1 to {longest} days.",
    zh: "距到期日还有 {tenorDays} 天，应收账款期限须为 1 至 {longest} 天。",
  },
  Receivables_UnitsFixed: {
    en: "Receivable {id} can no longer be passed on: it is due, paid in part, in default or frozen.",
    zh: "应收账款 {id} 不能再转让：已到期、已部分偿付、已违约或被冻结。",
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
  TradeEscrow_MeterNotTradable: {
    en: "Participant {trader} cannot trade meter {meter}: it is out of service, of the other direction, or somebody else's to trade.",
    zh: "参与方 {trader} 不能交易计量点 {meter}：该计量点已停用、方向不符，或由他人代理交易。",
  },
  TradeEscrow_NonceUsed: {
    en: "{signer} has used or cancelled nonce {nonce} before: sign with another one.",
    zh: "{signer} 已使用或撤销过编号 {nonce}：请换一个编号重新签署。",
  },
  TradeEscrow_NoPayable: {
    en: "Nothing of this kind is owed out of trade {id}.",
    zh: "交易 {id} 没有此类应付款。",
  },
  TradeEscrow_NotFrozen: {
    en: "Meter {meter} on {day} is not frozen, or the curve given is not the frozen one: settle once the reading is final.",
    zh: "计量点 {meter} 在 {day} 的数据尚未定稿，或所给曲线不是定稿曲线：请在定稿后结算。",
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
  TradeEscrow_PriceOutsideLimits: {
    en: "The price of {slot} is {price}, outside the season's limits of {floor} to {cap}.",
    zh: "{slot} 的价格为 {price}，超出本季限价 {floor} 至 {cap}。",
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
  if (sentence !== undefined) return sentence.replace(/\{(\w+)\}/g, (_, key: string) => shown(key, args[key]));
  return unexplained(name, args, language);
}

function unexplained(name: string, args: Refusal["args"], language: Language): string {
  const [contract, what] = name.includes("_") ? name.split("_", 2) : [undefined, name];
  const values = Object.entries(args).map(([key, value]) => `${key} ${shown(key, value)}`);
  if (language === "zh") {
    const details = values.length === 0 ? "" : `（${values.join("，")}）`;
    return `合约 ${contract ?? ""} 拒绝：${what}${details}。`.replace("  ", " ");
  }
  const details = values.length === 0 ? "" : ` (${values.join(", ")})`;
  return `${contract ?? "A contract"} refused: ${what}${details}.`;
}

/** What a contract of the platform refused with; undefined when the failure is of another kind. */
export function refusalOf(error: unknown): Refusal | undefined {
  const data = revertData(error);
  if (data === undefined) return undefined;
  for (const abi of [...Object.values(ABIS), openingDeskAbi]) {
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
  if (["day", "today", "earliest"].includes(name) || name.endsWith("Day")) return formatDay(Number(value));
  if (name.endsWith("Fen")) return formatYuan(BigInt(value));
  if (name.endsWith("Wh")) return formatKwh(BigInt(value));
  if (name.endsWith("Bp")) return formatPercent(Number(value));
  if (name === "slot") return slotLabel(Number(value));
  if (["price", "limit", "floor", "cap"].includes(name)) return formatYuanPerMwh(Number(value));
  if (["expiry", "from", "opensAt", "closesAt", "until", "defaultsAt"].includes(name)) return shownTime(Number(value));
  return String(value);
}

/** A second as clocks in Shanghai show it. */
function shownTime(unixSeconds: number): string {
  // Its own day begins eight hours after Greenwich's, so that the UTC notation of the shifted second is Shanghai's.
  return new Date((unixSeconds - startOfDay(0)) * 1000).toISOString().slice(0, 16).replace("T", " ");
}
