import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { NetworkParameters } from "./parameters.ts";
import { financeRulesOf } from "./setup.ts";

/** The contracts, each after those it depends on. Until the set-up, the deployer alone can do anything with them. */
export const contractsModule = ({ depositToken, kwhToken, financeRules, receivables, metering }: NetworkParameters) =>
  buildModule("Contracts", (m) => {
    const AccessManager = m.contract("AccessManager", [m.getAccount(0)]);
    const ParticipantRegistry = m.contract("ParticipantRegistry", [AccessManager]);
    const SecondFactor = m.contract("SecondFactor", [AccessManager, ParticipantRegistry]);
    const MarketRules = m.contract("MarketRules", [AccessManager]);
    const MeterRegistry = m.contract("MeterRegistry", [AccessManager, ParticipantRegistry, metering]);
    const DepositToken = m.contract("DepositToken", [
      AccessManager,
      ParticipantRegistry,
      SecondFactor,
      depositToken.name,
      depositToken.symbol,
    ]);
    const KwhToken = m.contract("KwhToken", [AccessManager, ParticipantRegistry, MeterRegistry, kwhToken.uri]);
    const TradeEscrow = m.contract("TradeEscrow", [
      AccessManager,
      ParticipantRegistry,
      MeterRegistry,
      DepositToken,
      KwhToken,
      MarketRules,
      SecondFactor,
    ]);
    const FinanceRules = m.contract("FinanceRules", [AccessManager, ...financeRulesOf(financeRules)]);
    const AdjustmentDesk = m.contract("AdjustmentDesk", [
      AccessManager,
      ParticipantRegistry,
      MeterRegistry,
      TradeEscrow,
      MarketRules,
      DepositToken,
      FinanceRules,
    ]);
    const Receivables = m.contract("Receivables", [
      AccessManager,
      ParticipantRegistry,
      TradeEscrow,
      DepositToken,
      MarketRules,
      FinanceRules,
      receivables.uri,
    ]);
    const DraftingDesk = m.contract("DraftingDesk", [AccessManager, ParticipantRegistry, Receivables, MarketRules]);
    const FinancingDesk = m.contract("FinancingDesk", [
      AccessManager,
      ParticipantRegistry,
      Receivables,
      DepositToken,
      SecondFactor,
    ]);
    // One after the other: Ignition takes up a run that was killed only where it knows which of its transactions were sent.
    const CreditLedger = m.contract(
      "CreditLedger",
      [AccessManager, ParticipantRegistry, MeterRegistry, TradeEscrow, Receivables],
      { after: [FinancingDesk] },
    );
    const PasskeyVerifier = m.contract("PasskeyVerifier", [], { after: [CreditLedger] });
    const P256Verifier = m.contract("P256Verifier", [], { after: [PasskeyVerifier] });
    const RsaVerifier = m.contract("RsaVerifier", [], { after: [P256Verifier] });
    return {
      AccessManager,
      ParticipantRegistry,
      SecondFactor,
      PasskeyVerifier,
      P256Verifier,
      RsaVerifier,
      MeterRegistry,
      MarketRules,
      DepositToken,
      KwhToken,
      TradeEscrow,
      AdjustmentDesk,
      FinanceRules,
      Receivables,
      DraftingDesk,
      FinancingDesk,
      CreditLedger,
    };
  });

/** Everything that makes the contracts the platform, in one transaction. */
export const setupModule = (contracts: ReturnType<typeof contractsModule>, calls: string[]) =>
  buildModule("Setup", (m) => {
    const { AccessManager } = m.useModule(contracts);
    m.call(AccessManager, "multicall", [calls], { id: SETUP_ID });
    return { AccessManager };
  });

const SETUP_ID = "Setup";
export const SETUP_FUTURE = `Setup#${SETUP_ID}`;
