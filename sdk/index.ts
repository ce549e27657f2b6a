/**
 * The market's vocabulary in TypeScript: units and curves, what is signed and how, what the chain keeps and how it is
 * proven. Runs in Node and in browsers; README.md has an example for each task.
 */

// ---- a deployment, through one node

export { ABIS } from "./abis.ts";
export { connect, contractOf, marketOf, type Platform, platformOf, walletOf } from "./client.ts";
export { CONTRACTS, type ContractName, type Deployment, DeploymentError, parseDeployment } from "./deployment.ts";
export { NO_FEE } from "./noFee.ts";
export { ROLES, type RoleName } from "./roles.ts";

// ---- units, days, curves, bands

export { apportion } from "./apportion.ts";
export { type Band, BandError, bandLabel, bandsToCurves, bandTotals, checkBands, curvesToBands } from "./band.ts";
export { slotLimitWh } from "./capacity.ts";
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
} from "./curve.ts";
export { CHARGE_PAYEES, DEVIATION_PERIODS, SOURCES, type SourceName, VOLTAGES, type VoltageName } from "./grid.ts";
export { lowValleyCurve, threePartCurve } from "./standard.ts";
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
} from "./time.ts";
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
} from "./units.ts";

// ---- amounts, with the chain's rounding

export {
  amount,
  bond,
  DiscountError,
  discountPrice,
  networkCharge,
  type Shortfall,
  type ShortfallRule,
  shortfallByDay,
  shortfallBySlot,
} from "./amount.ts";
export { reckonSettlement, type Settlement, type SettlementInput, shortfall } from "./settlement.ts";

// ---- what people agree on, and what the rules ask of it

export {
  MeterError,
  networkTariff,
  priceLimits,
  type RuleSet,
  readConditions,
  readOrderConditions,
  readRules,
} from "./conditions.ts";
export { type ClaimDesk, type Confirmation, claimDeskOf, DraftError, readConfirmation } from "./confirmation.ts";
export { pageNonce, randomNonce } from "./nonce.ts";
export {
  buildOrder,
  type Fill,
  type Order,
  type OrderConditions,
  type OrderInput,
  type Side,
  type SignedOrder,
} from "./order.ts";
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
export { type DepositToken, depositTokenOf, type Permit, readPermit } from "./permit.ts";
export { buildRound, type Round, RoundError, type RoundInput, type RoundLeg, type RoundSale } from "./round.ts";
export { buildTrade, TermsError, type Trade, type TradeConditions, type TradeInput } from "./trade.ts";

// ---- signing, and checking what was signed

export { type AnnouncedWallet, announcedWallets } from "./announcedWallets.ts";
export { clearSigning, type Descriptor, type ShownField } from "./clearSigning.ts";
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
} from "./sign.ts";
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
} from "./typed-data.ts";
export { isSigned, isSignedByKey } from "./verify.ts";

// ---- out of a node's logs: what settles a trade, and what proves it

export {
  type AdjustArguments,
  AdjustError,
  buildAdjust,
  type DayAdjustment,
  readOutcomes,
  type TradeAdjustment,
  type VersionedOutcome,
} from "./adjust.ts";
export { CLAIM_STAGES, type ClaimStage, type ClaimState, claimStage, readClaimStage } from "./claimStage.ts";
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
} from "./credit.ts";
export { type Check, type Evidence, evidence } from "./evidence.ts";
export { fillHash, type OrderFill, readFill } from "./fill.ts";
export { followAccount, heldIds } from "./follow.ts";
export { type Json, toJson } from "./json.ts";
export { type PlatformEvent, readEvents } from "./logs.ts";
export {
  type CorrectedReading,
  type Corrections,
  frozenCurve,
  MeterDayError,
  type MeteredDay,
  type ReadingVersion,
  readCorrections,
  readMeterDay,
  readMeterDays,
} from "./metered.ts";
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
} from "./opened.ts";
export {
  buildFreezeAccepted,
  buildLapse,
  buildSettle,
  buildSurplus,
  type DaySettlement,
  type SettleArguments,
  SettleError,
  type TradeSettlement,
} from "./settle.ts";
export { readSigned, type SignedMessage } from "./signed.ts";
export { explainSkip, SKIP_SENTENCES } from "./skipped.ts";
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
  nameOf,
  PAYABLE_KINDS,
  PAYABLE_STATUSES,
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
} from "./states.ts";
export { commitment, type Outcome, outcomeCommitment, scheduleHash, type TradeTerms } from "./terms.ts";

// ---- failures as sentences

// ---- a second factor to enrol, and how it confirms
export { confirmSubject } from "./confirmSubject.ts";
export { DujiangError } from "./errors.ts";
export { explain, type Language, type Refusal, refusalOf } from "./explain.ts";
export { P256Error, readP256Key } from "./p256.ts";
export { type PasskeyAssertion, passkeySignature } from "./passkey.ts";
export { type SecondFactorKey, secondFactorSigner } from "./secondFactor.ts";
