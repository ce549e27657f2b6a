import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the market's rules and the escrow refuse. */
export const MARKET_SENTENCES: Sentences = {
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
  EscrowCode_NotEscrow: {
    en: "This contract is code that the escrow alone runs: call the escrow.",
    zh: "此合约只供托管合约调用：请调用托管合约。",
  },
  TradeEscrow_AboveCapacity: {
    en: "Meter {meter} on {day} would be sold beyond its capacity: sell less.",
    zh: "计量点 {meter} 在 {day} 的售电量将超过其容量：请减少电量。",
  },
  TradeEscrow_AboveMaximum: {
    en: "{party} would have to pay {amountFen} or hold it as bond, but signed at most {maximumFen}: sign a higher maximum.",
    zh: "{party} 需支付或缴存履约保证金 {amountFen}，而其签署的上限为 {maximumFen}：请签署更高的上限。",
  },
  TradeEscrow_BelowLeast: {
    en: "A trade of {energyWh} for {energyFen} is too small: trade a lot at least, and for an amount.",
    zh: "电量 {energyWh}、金额 {energyFen} 的交易过小：不得少于一个最小交易单位，且须有金额。",
  },
  TradeEscrow_BookFull: {
    en: "Meter {meter} has 2,048 trades on {day}, as many as two parties may open of one day: put more energy into fewer trades, or hand in an order for the auction.",
    zh: "计量点 {meter} 在 {day} 已有 2,048 笔交易，达到双边交易的单日上限：请合并为较少的交易，或提交集中竞价报单。",
  },
  TradeEscrow_BuyerInDefault: {
    en: "Participant {buyer} is in default on what it owes and buys on terms again once it has paid: trade in cash.",
    zh: "参与方 {buyer} 处于违约状态：清偿之前不能再以账期购电，请即时付款交易。",
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
    en: "For {day} this can be done from {opensAt} until {closesAt}.",
    zh: "{day} 的此项操作只能在 {opensAt} 至 {closesAt} 之间进行。",
  },
  TradeEscrow_InvalidMargin: {
    en: "Participant {participant} has locked {lockedFen} as margin and may buy for {termsFen} on terms: name an amount, and take back no more than that.",
    zh: "参与方 {participant} 的交易保证金为 {lockedFen}，账期购电额度为 {termsFen}：请填写金额，且释放不得超过此数。",
  },
  TradeEscrow_InvalidBands: {
    en: "The bands do not make up a day: they must ascend without overlap within slots 0 to 96, each with energy, all below 2^31.",
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
  TradeEscrow_NoCertificates: {
    en: "Energy of source {source} gets no green certificates: trade it without them.",
    zh: "来源 {source} 的电量不核发绿证：请约定不含绿证的交易。",
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
  TradeEscrow_NotReleasable: {
    en: "No margin of participant {participant} can be released now: announce it first, and release it once the notice has run out ({due}).",
    zh: "参与方 {participant} 的交易保证金现在不能释放：请先申请，并在通知期满后（{due}）释放。",
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
    en: "Round {round} names another price than zone {zone} has already: an auction has one price curve a zone, day and payment term.",
    zh: "出清轮次 {round} 与分区 {zone} 的已有价格不符：集中出清在每区每日每账期只有一条价格曲线。",
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
    zh: "读取之后，计量点 {meter} 在 {day} 的已售曲线已变化：请重新读取后再提交。",
  },
  TradeEscrow_SurplusMinted: {
    en: "The surplus of meter {meter} on {day} was minted before.",
    zh: "计量点 {meter} 在 {day} 的余电凭证已铸造。",
  },
  TradeEscrow_UnknownPayee: {
    en: "The rules in force pay participant {payee}, who is not enrolled: enrol it, or publish other rules.",
    zh: "现行规则指定的收款方 {payee} 未注册：请先注册或发布新规则。",
  },
  TradeEscrow_WrongBook: {
    en: "The trades given, with what is said to come before and after them, are not what meter {meter} sold of {day}: build the arguments from the logs again.",
    zh: "所给交易连同其前后各笔的证明，与计量点 {meter} 在 {day} 的售电记录不符：请由日志重建参数。",
  },
  TradeEscrow_WrongStatus: {
    en: "Trade {id} is not where this needs it to be (status {status}: 0 none, 1 open, 2 settled, 3 lapsed, 4 ruled).",
    zh: "交易 {id} 的状态不允许此操作（状态 {status}：0 不存在，1 未结算，2 已结算，3 已失效，4 已裁决）。",
  },
  TradeEscrow_WrongTerms: {
    en: "These are not the terms, curves or outcome of trade {id}: build the arguments from the logs.",
    zh: "所给条款、曲线或结算结果与交易 {id} 不符：请由日志重建参数。",
  },
  TradeEscrow_WrongTotals: {
    en: "The bands add up to {energyWh} and {amountFen}, which is not what was signed: sign verified totals.",
    zh: "分段合计为 {energyWh}、{amountFen}，与签署的合计不符：请签署核对过的合计。",
  },
};
