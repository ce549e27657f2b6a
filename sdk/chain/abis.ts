import type { Abi } from "viem";
import * as abi from "./abi/index.ts";
import type { ContractName } from "./deployment.ts";

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
  TradeEscrow: abi.tradeEscrowAbi,
  AdjustmentDesk: abi.adjustmentDeskAbi,
  FinanceRules: abi.financeRulesAbi,
  Receivables: abi.receivablesAbi,
  DraftingDesk: abi.draftingDeskAbi,
  FinancingDesk: abi.financingDeskAbi,
  CreditLedger: abi.creditLedgerAbi,
} as const satisfies Record<ContractName, Abi>;
