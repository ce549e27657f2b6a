/** Trades, orders and rounds: bands, amounts, what is signed, what the escrow keeps, and how it is settled. */
export {
  amount,
  bond,
  type Deviation,
  type DeviationRule,
  deviationByDay,
  deviationBySlot,
  networkCharge,
} from "./amount.ts";
export { freezeTrade, LONGEST_FREEZE_DAYS, ruleOnTrade } from "./arbitrate.ts";
export { type Band, BandError, bandLabel, bandsToCurves, bandTotals, checkBands, curvesToBands } from "./band.ts";
export { buildClaimKwh, ClaimError, type KwhClaim, readUnclaimed } from "./claim.ts";
export {
  MeterError,
  networkTariff,
  priceLimits,
  type RuleSet,
  readConditions,
  readOrderConditions,
  readRules,
} from "./conditions.ts";
export {
  DEVIATION_PAYEES,
  DEVIATION_PERIODS,
  type DeviationPayee,
  type DeviationPeriod,
  NONCE_KINDS,
  type NonceKind,
  SKIP_REASONS,
  type SkipReason,
  TRADE_STATUSES,
  type TradeStatus,
} from "./enums.ts";
export { fillHash, type OrderFill, readFill } from "./fill.ts";
export { type Finding, type FindingCode, FoundWanting, finding, requireNothingFound } from "./finding.ts";
export {
  allowOnTerms,
  announceRelease,
  cancel,
  cancelPage,
  lockMargin,
  type Margin,
  marginSubject,
  nonceKindOf,
  presign,
  readMargin,
  releaseMargin,
} from "./margin.ts";
export { NONCES_PER_PAGE, pageNonce, randomNonce } from "./nonce.ts";
export {
  bookHash,
  encodeSold,
  type OpenedTrade,
  type PlacedTrade,
  readDayTrades,
  readMeterDayTrades,
  readOrderTrades,
  readPrices,
  readSold,
  readTrades,
  readTradesOfDays,
  type Sold,
  soldBy,
} from "./opened.ts";
export {
  buildOrder,
  type Fill,
  filledAtOnce,
  type Order,
  type OrderConditions,
  type OrderCost,
  type OrderInput,
  orderCost,
  type Side,
  type SignedOrder,
} from "./order.ts";
export { type KeptOutcome, type OutcomeProof, readFinished, readKeptOutcomes } from "./outcomes.ts";
export {
  type PackableOrder,
  type PackableSale,
  PackingError,
  packOrder,
  packOrders,
  packSales,
  unpackOrders,
  unpackSales,
} from "./packedRound.ts";
export { isEligible, longestTerm, type OrderReview, reviewOrder, reviewTrade, type TradeReview } from "./review.ts";
export { buildRound, type Round, RoundError, type RoundInput, type RoundLeg, type RoundSale } from "./round.ts";
export {
  type BookProof,
  buildFinaliseAccepted,
  buildLapse,
  buildRuling,
  buildSettle,
  buildSurplus,
  type DayLapse,
  type DaySettlement,
  type Ruling,
  type SettleArguments,
  SettleError,
  type SettlementRun,
  type TradeSettlement,
} from "./settle.ts";
export { computeSettlement, deviation, type Settlement, type SettlementInput } from "./settlementAmounts.ts";
export { readSigned, type SignedMessage } from "./signed.ts";
export { explainSkip, SKIP_SENTENCES } from "./skipped.ts";
export {
  chainTrades,
  isTradeFinished,
  type Outcome,
  outcomeHash,
  scheduleHash,
  type TradeTerms,
  termsCommitment,
} from "./terms.ts";
export { buildTrade, TermsError, type Trade, type TradeConditions, type TradeInput } from "./trade.ts";
export {
  MARKET_TYPES,
  type OrderTypedData,
  orderDigest,
  orderTypedData,
  signOrder,
  signTrade,
  type TradeTypedData,
  tradeDigest,
  tradeTypedData,
} from "./typedData.ts";
