// Generated from the compiled contracts by `npm run codegen`. Do not edit.
import * as abi from "./abi/index.ts";

/** The ABI of each contract of the platform. */
export const ABIS = {
  AccessManager: abi.accessManagerAbi,
  ParticipantRegistry: abi.participantRegistryAbi,
  SecondFactor: abi.secondFactorAbi,
  PasskeyVerifier: abi.passkeyVerifierAbi,
  P256Verifier: abi.p256VerifierAbi,
  RsaVerifier: abi.rsaVerifierAbi,
  MeterRegistry: abi.meterRegistryAbi,
  MarketRules: abi.marketRulesAbi,
  DepositToken: abi.depositTokenAbi,
  KwhToken: abi.kwhTokenAbi,
  FinanceRules: abi.financeRulesAbi,
  DebtLedger: abi.debtLedgerAbi,
  BilateralOpening: abi.bilateralOpeningAbi,
  RoundOpening: abi.roundOpeningAbi,
  MarginBook: abi.marginBookAbi,
  KwhClaims: abi.kwhClaimsAbi,
  TradeEscrow: abi.tradeEscrowAbi,
  AdjustmentDesk: abi.adjustmentDeskAbi,
  Receivables: abi.receivablesAbi,
  DraftingDesk: abi.draftingDeskAbi,
  FinancingDesk: abi.financingDeskAbi,
  CreditLedger: abi.creditLedgerAbi,
} as const;
