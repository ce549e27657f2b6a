import { ADDRESS, ENERGY, MONEY, PRICE, RAW, SECOND, type ShownField } from "./shownField.ts";

type Shown = Omit<ShownField, "path">;

const PERCENT = { format: "unit", params: { base: "%", decimals: 2 } } as const;
const POWER = { format: "unit", params: { base: "kW", decimals: 3 } } as const;
/** Thousandths of a fen per MWh. */
const TARIFF = { format: "unit", params: { base: "元/MWh", decimals: 5 } } as const;

const enumOf = (name: string) => ({ format: "enum", params: { $ref: `$.metadata.enums.${name}` } }) as const;
/** Days are counted from 1970-01-01, for which a wallet has no format. */
const day = (en: string, zh: string): Shown => ({ label: `${en}, days since 1970 ${zh}（自 1970 年的天数）`, ...RAW });
const callOf = (callee: string) => ({ format: "calldata", params: { calleePath: callee } }) as const;

const PARTICIPANT: Shown = { label: "Participant 参与方", ...RAW };
const DEBT: Shown = { label: "Debt 债务", ...RAW };
const RECEIVABLE: Shown = { label: "Receivable 应收账款", ...RAW };
const DRAFT: Shown = { label: "Draft 草稿编号", ...RAW };
const TRADE: Shown = { label: "Trade 交易", ...RAW };
const BID: Shown = { label: "Bid 报价", ...RAW };
const UNITS: Shown = { label: "Units of face value 应收账款份额", ...MONEY };
const KWH: Shown = { label: "kWh record 电量凭证编号", ...RAW };
const EVIDENCE: Shown = { label: "Hash of the evidence 证据文件哈希", ...RAW };
const BANK_REFERENCE: Shown = { label: "Reference of the bank's transfer 银行转账凭证号", ...RAW };

/**
 * How a wallet shows what is sent: by the name of a field, unless the contract, or its function, means something else by it.
 */
export const CALL_FIELDS: Record<string, Shown> = {
  // ids
  "ParticipantRegistry.id": PARTICIPANT,
  "DebtLedger.id": DEBT,
  "CreditLedger.id": DEBT,
  "Receivables.id": RECEIVABLE,
  "Receivables.ids": RECEIVABLE,
  "KwhToken.id": KWH,
  "KwhToken.ids": KWH,
  "TradeEscrow.id": TRADE,
  "DraftingDesk.id": DRAFT,
  "FinancingDesk.id": BID,
  "FinancingDesk.cancelRequest.id": { label: "Request 融资申请", ...RAW },
  request_: { label: "Request 融资申请", ...RAW },
  participant: PARTICIPANT,
  claimant: { label: "Who recovers it 追偿方", ...RAW },
  debt: DEBT,
  one: { label: "Debt 债务", ...RAW },
  other: { label: "Set off against 互抵的债务", ...RAW },
  receivable: RECEIVABLE,
  bank: { label: "Bank 银行", ...RAW },
  fromBank: { label: "Bank that paid 付款银行", ...RAW },
  toBank: { label: "New bank 转入银行", ...RAW },
  pledgee: { label: "Pledgee 质权人", ...RAW },
  meter: { label: "Meter 计量点", ...RAW },
  consumptionMeter: { label: "Meter that used it 用电计量点", ...RAW },
  zone: { label: "Zone 分区", ...RAW },
  parent: { label: "Zone above 上级分区", ...RAW },
  version: { label: "Version 版本", ...RAW },
  rules: { label: "Rule set 规则版本", ...RAW },
  gridCompany: { label: "Grid company 电网企业", ...RAW },
  balancingAccount: { label: "Balancing account 平衡资金账户", ...RAW },

  // accounts
  account: { label: "Account 账户", ...ADDRESS },
  to: { label: "To 收款方", ...ADDRESS },
  from: { label: "From 付款方", ...ADDRESS },
  "KwhToken.to": { label: "To 受让方", ...ADDRESS },
  "KwhToken.from": { label: "From 转让方", ...ADDRESS },
  "Receivables.to": { label: "To 受让方", ...ADDRESS },
  "Receivables.from": { label: "From 转让方", ...ADDRESS },
  spender: { label: "May move deposits 被授权方", ...ADDRESS },
  operator: { label: "May move all 被授权方", ...ADDRESS },
  notary: { label: "Contract that holds 冻结款项的合约", ...ADDRESS },
  minter: { label: "Contract that mints 铸造合约", ...ADDRESS },
  poster: { label: "Contract that posts 入账合约", ...ADDRESS },
  book: { label: "Contract that divides 拆分合约", ...ADDRESS },
  former: { label: "Former account 原账户", ...ADDRESS },
  holder: { label: "Holder 持有人", ...ADDRESS },
  holders: { label: "Holder 持有人", ...ADDRESS },
  bondPolicy: { label: "Contract that sets bonds 履约保证金合约", ...ADDRESS },
  target: { label: "Contract 合约", ...ADDRESS },
  caller: { label: "Scheduled by 预约人", ...ADDRESS },
  callerConfirmation: { label: "Own account 本人账户", ...ADDRESS },
  newAuthority: { label: "New authority 新权限管理合约", ...ADDRESS },
  "DepositToken.owner": { label: "Holder 持有人", ...ADDRESS },

  // participants by number, where signed messages name accounts
  owner: { label: "Owner 所有者", ...RAW },
  trader: { label: "Trades for it 交易方", ...RAW },
  nextTrader: { label: "Trades for it next 下一交易方", ...RAW },
  debtor: { label: "Debtor 债务人", ...RAW },
  seller: { label: "Seller 卖方", ...RAW },
  buyer: { label: "Buyer 买方", ...RAW },
  "TradeEscrow.open.trade.seller": { label: "Seller 卖方", ...ADDRESS },
  "TradeEscrow.open.trade.buyer": { label: "Buyer 买方", ...ADDRESS },
  sellerMeter: { label: "Seller's meter 卖方计量点", ...RAW },
  buyerMeter: { label: "Buyer's meter 买方计量点", ...RAW },

  // money
  amountFen: { label: "Amount 金额", ...MONEY },
  "DepositToken.value": { label: "At most 最高金额", ...MONEY },
  capFen: { label: "Cap 上限", ...MONEY },
  exposureLimitFen: { label: "Daily limit 当日限额", ...MONEY },
  energyFen: { label: "Energy amount 电费", ...MONEY },
  networkFen: { label: "Network charge 输配电费", ...MONEY },
  deviationFen: { label: "Deviation charge 偏差费用", ...MONEY },
  bondFen: { label: "Bond 履约保证金", ...MONEY },
  lockedFen: { label: "Margin 交易保证金", ...MONEY },
  termsFen: { label: "Purchases on terms 账期购电额度", ...MONEY },
  totalAmountFen: { label: "Total amount 总金额", ...MONEY },
  maxPaymentFen: { label: "Pay at most 最高支付", ...MONEY },
  maxBondFen: { label: "Bond at most 最高履约保证金", ...MONEY },
  value: UNITS,
  values: UNITS,
  units: UNITS,

  // energy and prices
  amountWh: { label: "Energy 电量", ...ENERGY },
  amountsWh: { label: "Energy 电量", ...ENERGY },
  totalEnergyWh: { label: "Total energy 总电量", ...ENERGY },
  deliveredWh: { label: "Energy delivered 交付电量", ...ENERGY },
  fromSlot: { label: "From quarter-hour 起始时段", ...RAW },
  toSlot: { label: "Before quarter-hour 截止时段", ...RAW },
  energyWh: { label: "Energy a quarter-hour 每时段电量", ...ENERGY },
  price: { label: "Price 电价", ...PRICE },
  floor: { label: "Lowest price 最低限价", ...PRICE },
  cap: { label: "Highest price 最高限价", ...PRICE },
  priceFenPerMWh: { label: "Fixed price 固定价格", ...PRICE },
  tariff: { label: "Tariff 输配电价", ...TARIFF },
  tariffs: { label: "Tariff by voltage 各电压等级输配电价", ...TARIFF },
  capacityW: { label: "Capacity 装机容量", ...POWER },
  smallPlantW: { label: "Small plant up to 小型电站容量上限", ...POWER },
  largePlantW: { label: "Large plant up to 大型电站容量上限", ...POWER },
  metered: { label: "Metered curve 计量曲线", ...RAW },
  lotWh: { label: "Lot 最小交易单位", ...ENERGY },
  position: { label: "Energy sold before 已售电量曲线", ...RAW },

  // rates and terms
  rateBp: { label: "Rate a year 年化利率", ...PERCENT },
  "MarketRules.rateBp": { label: "Deviation rate 偏差费率", ...PERCENT },
  maxRateBp: { label: "Rate a year at most 最高年化利率", ...PERCENT },
  lateRateBp: { label: "Late fee a year 逾期费年率", ...PERCENT },
  bondRateBp: { label: "Bond rate 履约保证金比例", ...PERCENT },
  toleranceBp: { label: "Tolerance 允许偏差", ...PERCENT },
  paymentDays: { label: "Days until payment 账期（天）", ...RAW },
  maxPaymentDays: { label: "Longest payment term, days 最长账期（天）", ...RAW },
  smallSellerPaymentDays: { label: "Longest term for small sellers, days 中小卖方最长账期（天）", ...RAW },
  maxAdvanceDays: { label: "Open so many days ahead 提前开放天数", ...RAW },
  longestTenorDays: { label: "Longest tenor, days 最长期限（天）", ...RAW },
  graceDays: { label: "Grace, days 宽限期（天）", ...RAW },
  reportDays: { label: "Days to report 上报期限（天）", ...RAW },
  objectionHours: { label: "Hours to object 异议期（小时）", ...RAW },
  cutOffLeadSeconds: { label: "Book closes so many seconds ahead 提前截止申报（秒）", ...RAW },
  marginNoticeSeconds: { label: "Notice of a release of margin, seconds 交易保证金释放预告期（秒）", ...RAW },
  gateLeadSeconds: { label: "Gate closes so many seconds ahead 提前关闸（秒）", ...RAW },
  wetFrom: { label: "Wet season from, MMDD 丰水期始（月日）", ...RAW },
  wetUntil: { label: "Wet season until, MMDD 丰水期止（月日）", ...RAW },
  greenCertificates: { label: "With green certificates 含绿证", ...RAW },
  invoiced: { label: "Settled late, by invoice 逾期开具账单", ...RAW },
  recourse: { label: "With recourse 有追索权", ...RAW },

  // time
  day: day("Day", "电力日"),
  validUntil: day("Valid until", "有效期至"),
  fromDay: day("From", "起始日"),
  nextTraderFrom: day("Trades for it next from", "下一交易方起始日"),
  effectiveDay: day("In force from", "生效日"),
  deliveryDay: day("Delivery day", "交割日"),
  dueDay: day("Due day", "到期日"),
  lastDay: day("Last day", "截止日"),
  daysOff: day("Holiday", "休息日"),
  workdays: day("Working day", "调休工作日"),
  until: { label: "Until 截止", ...SECOND },
  expiry: { label: "Valid until 有效期至", ...SECOND },
  deadline: { label: "Valid until 有效期至", ...SECOND },
  when: { label: "Not before 最早执行时间", ...SECOND },
  executionDelay: { label: "Delay of its calls, seconds 执行延迟（秒）", ...RAW },
  newDelay: { label: "New delay, seconds 新延迟（秒）", ...RAW },

  // what something is
  size: { label: "Firm size 企业规模", ...enumOf("size") },
  direction: { label: "Direction 计量方向", ...enumOf("direction") },
  voltage: { label: "Voltage 电压等级", ...enumOf("voltage") },
  smallPlantVoltage: { label: "Small plant voltage up to 小型电站电压上限", ...enumOf("voltage") },
  largePlantPath: { label: "Large plant path up to 大型电站路径电压上限", ...enumOf("voltage") },
  source: { label: "Energy source 电源类型", ...enumOf("source") },
  code: { label: "Debt code 债务代码", ...enumOf("code") },
  period: { label: "Deviation by 偏差周期", ...enumOf("period") },
  payee: { label: "Charge goes to 偏差费用收取方", ...enumOf("payee") },
  roleId: { label: "Role 角色", ...enumOf("role") },
  admin: { label: "Given by role 管理角色", ...enumOf("role") },
  guardian: { label: "Vetoed by role 监护角色", ...enumOf("role") },
  kinds: { label: "Kinds, a bit each 类型（按位）", ...RAW },
  active: { label: "Active 启用", ...RAW },
  frozen: { label: "Frozen 冻结", ...RAW },
  confirmed: { label: "Confirmed 确认", ...RAW },
  allowed: { label: "Allowed 允许", ...RAW },
  approved: { label: "Allowed 允许", ...RAW },
  closed: { label: "Closed 关闭", ...RAW },
  name: { label: "Name 名称", ...RAW },
  label: { label: "Name 名称", ...RAW },

  // papers and signatures
  credentialHash: { label: "Hash of the papers 证照文件哈希", ...RAW },
  controller: { label: "Hash of who controls it 实际控制人哈希", ...RAW },
  assetHash: { label: "Hash of the asset number 资产编号哈希", ...RAW },
  reason: { label: "Hash of the reason 理由文件哈希", ...RAW },
  reasonHash: { label: "Hash of the reason 理由文件哈希", ...RAW },
  evidenceHash: EVIDENCE,
  bankReference: BANK_REFERENCE,
  invoiceHash: { label: "Invoice file hash 发票文件哈希", ...RAW },
  fileHash: { label: "Invoice file hash 发票文件哈希", ...RAW },
  number: { label: "Invoice number 发票号码", ...RAW },
  registrationNumber: { label: "Registration number 中登网登记编号", ...RAW },
  scheduleHash: { label: "Hash of the contracted curve 合约曲线哈希", ...RAW },
  priceHash: { label: "Hash of the prices 电价曲线哈希", ...RAW },
  settlement: { label: "Settlement 结算批次", ...RAW },
  siblings: { label: "Proof of the outcome 结算结果证明", ...RAW },
  earlier: { label: "Hash of the trades before it 此前各笔交易哈希", ...RAW },
  later: { label: "Hash of a trade after it 此后交易哈希", ...RAW },
  "TradeEscrow.rule.book.position": { label: "Hash of the energy sold 已售电量曲线哈希", ...RAW },
  secondFactor: { label: "Second factor 第二因子", ...RAW },
  subject: { label: "What is confirmed 确认内容", ...RAW },
  signature: { label: "Signature 签名", ...RAW },
  sellerSignature: { label: "Seller's signature 卖方签名", ...RAW },
  buyerSignature: { label: "Buyer's signature 买方签名", ...RAW },
  nonce: { label: "Nonce 序号", ...RAW },
  nonces: { label: "Nonce 序号", ...RAW },
  page: { label: "Page of 112 nonces 序号页（每页 112 个）", ...RAW },
  kind: { label: "Of 序号类别", ...enumOf("nonceKind") },
  order: { label: "Order 报单", ...RAW },
  v: { label: "Signature, v 签名 v", ...RAW },
  r: { label: "Signature, r 签名 r", ...RAW },
  s: { label: "Signature, s 签名 s", ...RAW },
  data: { label: "Note 附言", ...RAW },
  "AccessManager.data": { label: "What is called 调用内容", ...callOf("target") },
  "AccessManager.multicall.data.[]": { label: "What is called 调用内容", ...callOf("@.to") },
  selectors: { label: "Function 函数", ...RAW },
};
