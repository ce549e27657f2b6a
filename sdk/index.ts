/**
 * The market's vocabulary in TypeScript: units and curves, what is signed and how, what the chain keeps and how it is
 * proven. Runs in Node and in browsers; README.md has an example for each task.
 */

// ---- a deployment, through one node

export { ROLES, type RoleName } from "./access/roles.ts";
export { ABIS } from "./chain/abis.ts";
export { connect, contractOf, marketOf, type Platform, platformOf, walletOf } from "./chain/client.ts";
export { CONTRACTS, type ContractName } from "./chain/contracts.ts";
export { type Deployment, DeploymentError, parseDeployment } from "./chain/deployment.ts";
export { NO_FEE } from "./chain/noFee.ts";

// ---- units, days, curves, bands

export {
  type Band,
  BandError,
  bandLabel,
  bandsToCurves,
  bandTotals,
  checkBands,
  curvesToBands,
} from "./market/band.ts";
export { slotLimitWh } from "./metering/capacity.ts";
export {
  DEVIATION_PAYEES,
  DEVIATION_PERIODS,
  DIRECTIONS,
  type DirectionName,
  SOURCES,
  type SourceName,
  VOLTAGES,
  type VoltageName,
} from "./metering/grid.ts";
export { lowValleyCurve, threePartCurve } from "./metering/standard.ts";
export { apportion } from "./types/apportion.ts";
export {
  addCurves,
  type Curve,
  CurveError,
  curve,
  decodeCurve,
  decodeStretch,
  deliveries,
  encodeCurve,
  encodeOptionalCurve,
  encodeStretch,
  hashCurve,
  minCurve,
  type Stretch,
  sameCurve,
  subtractCurves,
  sumCurve,
  valueAt,
  ZERO_CURVE,
} from "./types/curve.ts";
export {
  DAY_SECONDS,
  type Day,
  DayError,
  dateNumber,
  dayFromDateNumber,
  dayOf,
  formatDay,
  parseDay,
  SLOT_SECONDS,
  SLOTS,
  type Slot,
  SlotError,
  slotLabel,
  slotOf,
  slotsLabel,
  startOfDay,
  startOfSlot,
} from "./types/time.ts";
export {
  type BasisPoints,
  type Fen,
  formatKwh,
  formatMwh,
  formatPercent,
  formatTariff,
  formatYuan,
  formatYuanPerKwh,
  formatYuanPerMwh,
  LANE_LIMIT,
  type Price,
  parseKwh,
  parseMwh,
  parsePercent,
  parseTariff,
  parseYuan,
  parseYuanPerKwh,
  parseYuanPerMwh,
  type Tariff,
  UnitError,
  type Wh,
} from "./types/units.ts";

// ---- amounts, with the chain's rounding

export {
  amount,
  bond,
  type Deviation,
  type DeviationRule,
  DiscountError,
  deviationByDay,
  deviationBySlot,
  discountPrice,
  networkCharge,
} from "./market/amount.ts";
export { computeSettlement, deviation, type Settlement, type SettlementInput } from "./market/settlement.ts";

// ---- what people agree on, and what the rules ask of it

export {
  type ClaimDesk,
  type Confirmation,
  claimDeskOf,
  DraftError,
  readConfirmation,
} from "./finance/confirmation.ts";
export {
  MeterError,
  networkTariff,
  priceLimits,
  type RuleSet,
  readConditions,
  readOrderConditions,
  readRules,
} from "./market/conditions.ts";
export { pageNonce, randomNonce } from "./market/nonce.ts";
export {
  buildOrder,
  type Fill,
  type Order,
  type OrderConditions,
  type OrderInput,
  type Side,
  type SignedOrder,
} from "./market/order.ts";
export {
  type PackableOrder,
  type PackableSale,
  PackingError,
  packOrder,
  packOrders,
  packSales,
  unpackOrders,
  unpackSales,
} from "./market/packedRound.ts";
export { buildRound, type Round, RoundError, type RoundInput, type RoundLeg, type RoundSale } from "./market/round.ts";
export { buildTrade, TermsError, type Trade, type TradeConditions, type TradeInput } from "./market/trade.ts";
export { type DepositToken, depositTokenOf, type Permit, readPermit } from "./money/permit.ts";

// ---- signing, and checking what was signed

export {
  type EthersSigner,
  type ProviderSigner,
  type Signer,
  SignerError,
  signConfirmation,
  signOrder,
  signPermit,
  signTrade,
  signTypedData,
} from "./signing/sign.ts";
export {
  type ConfirmationTypedData,
  confirmationDigest,
  confirmationTypedData,
  type Market,
  type MarketTypedData,
  marketDomain,
  type OrderTypedData,
  orderDigest,
  orderTypedData,
  type PermitTypedData,
  permitDigest,
  permitTypedData,
  type TradeTypedData,
  TYPES,
  tradeDigest,
  tradeTypedData,
  typedDataJson,
} from "./signing/typed-data.ts";
export { isSigned, isSignedByKey } from "./signing/verify.ts";
export { type AnnouncedWallet, announcedWallets } from "./wallets/announcedWallets.ts";
export { clearSigning, type Descriptor, type ShownField } from "./wallets/clearSigning.ts";

// ---- out of a node's logs: what settles a trade, and what proves it

export { type PlatformEvent, readEvents } from "./chain/logs.ts";
export {
  buildCountTrades,
  type ClaimCounts,
  type CountedClaim,
  type CountedTrade,
  type CreditRecord,
  gradeOn,
  readCredit,
  recomputeCredit,
  type TradeCounts,
  type TradeProof,
} from "./credit/credit.ts";
export { CLAIM_STAGES, type ClaimStage, type ClaimState, claimStage, readClaimStage } from "./finance/claimStage.ts";
export { followAccount, heldIds } from "./identity/follow.ts";
export { fillHash, type OrderFill, readFill } from "./market/fill.ts";
export {
  LogError,
  type OpenedTrade,
  type PlacedTrade,
  readDayTrades,
  readMeterDayTrades,
  readOrderTrades,
  readPosition,
  readPrices,
  readTrades,
} from "./market/opened.ts";
export {
  buildFinaliseAccepted,
  buildLapse,
  buildSettle,
  buildSurplus,
  type DaySettlement,
  type SettleArguments,
  SettleError,
  type TradeSettlement,
} from "./market/settle.ts";
export { readSigned, type SignedMessage } from "./market/signed.ts";
export { explainSkip, SKIP_SENTENCES } from "./market/skipped.ts";
export { commitment, type Outcome, outcomeCommitment, scheduleHash, type TradeTerms } from "./market/terms.ts";
export {
  type CorrectedReading,
  type Corrections,
  finalCurve,
  MeterDayError,
  type MeteredDay,
  type ReadingVersion,
  readCorrections,
  readMeterDay,
  readMeterDays,
} from "./metering/metered.ts";
export { type Check, type Evidence, evidence } from "./records/evidence.ts";
export {
  type AdjustArguments,
  AdjustError,
  buildAdjust,
  type DayAdjustment,
  readOutcomes,
  type TradeAdjustment,
  type VersionedOutcome,
} from "./settlement/adjust.ts";
export { type Json, toJson } from "./types/json.ts";
export {
  BID_STATUSES,
  type BidStatus,
  CLAIM_MARKS,
  type ClaimMark,
  DAY_STATES,
  type DayState,
  DRAFT_STATUSES,
  type DraftStatus,
  FIRM_SIZES,
  type FirmSize,
  GRADES,
  type Grade,
  hasDayLapsed,
  isDayFinal,
  isDayOpen,
  isTradeFinished,
  nameOf,
  PARTICIPANT_STATUSES,
  PAYABLE_KINDS,
  PAYABLE_STATUSES,
  type ParticipantStatus,
  type PayableKind,
  type PayableStatus,
  QUALITIES,
  type Quality,
  RECEIVABLE_STATUSES,
  REQUEST_STATUSES,
  type ReceivableStatus,
  type RequestStatus,
  SKIP_REASONS,
  type SkipReason,
  TRADE_STATUSES,
  type TradeStatus,
} from "./types/states.ts";

// ---- failures as sentences

export { explain, type Language, type Refusal, refusalOf } from "./errors/explain.ts";
// ---- a second factor to enrol, and how it confirms
export { confirmSubject } from "./identity/confirmSubject.ts";
export { P256Error, readP256Key } from "./identity/p256.ts";
export { type PasskeyAssertion, passkeySignature } from "./identity/passkey.ts";
export { type SecondFactorKey, secondFactorSigner } from "./identity/secondFactor.ts";
export { DujiangError } from "./types/errors.ts";
