// Generated from the compiled contracts by `npm run codegen`. Do not edit.
import * as abi from "./abi/index.ts";

/** The ABI of each contract of the platform. */
export const ABIS = {
  AccessManager: [...abi.accessManagerAbi, ...abi.accessManagerErrors],
  ParticipantRegistry: [...abi.participantRegistryAbi, ...abi.participantRegistryErrors],
  SecondFactor: [...abi.secondFactorAbi, ...abi.secondFactorErrors],
  PasskeyVerifier: [...abi.passkeyVerifierAbi, ...abi.passkeyVerifierErrors],
  P256Verifier: [...abi.p256VerifierAbi, ...abi.p256VerifierErrors],
  RsaVerifier: [...abi.rsaVerifierAbi, ...abi.rsaVerifierErrors],
  DocumentRegistry: [...abi.documentRegistryAbi, ...abi.documentRegistryErrors],
  MeterRegistry: [...abi.meterRegistryAbi, ...abi.meterRegistryErrors],
  MarketRules: [...abi.marketRulesAbi, ...abi.marketRulesErrors],
  DepositToken: [...abi.depositTokenAbi, ...abi.depositTokenErrors],
  KwhToken: [...abi.kwhTokenAbi, ...abi.kwhTokenErrors],
  FinanceRules: [...abi.financeRulesAbi, ...abi.financeRulesErrors],
  DebtLedger: [...abi.debtLedgerAbi, ...abi.debtLedgerErrors],
  BilateralOpening: [...abi.bilateralOpeningAbi, ...abi.bilateralOpeningErrors],
  RoundOpening: [...abi.roundOpeningAbi, ...abi.roundOpeningErrors],
  MarginBook: [...abi.marginBookAbi, ...abi.marginBookErrors],
  KwhClaims: [...abi.kwhClaimsAbi, ...abi.kwhClaimsErrors],
  TradeEscrow: [...abi.tradeEscrowAbi, ...abi.tradeEscrowErrors],
  AdjustmentDesk: [...abi.adjustmentDeskAbi, ...abi.adjustmentDeskErrors],
  Receivables: [...abi.receivablesAbi, ...abi.receivablesErrors],
  DraftingDesk: [...abi.draftingDeskAbi, ...abi.draftingDeskErrors],
  FinancingDesk: [...abi.financingDeskAbi, ...abi.financingDeskErrors],
  CreditLedger: [...abi.creditLedgerAbi, ...abi.creditLedgerErrors],
  ObjectionDesk: [...abi.objectionDeskAbi, ...abi.objectionDeskErrors],
} as const;
