import type { ContractRunner } from "ethers";
import * as bindings from "../../types/typechain/index.ts";
import type { ContractName } from "./deployment.ts";

export { NO_FEE } from "./noFee.ts";

const CONNECT = {
  AccessManager: bindings.AccessManager__factory.connect,
  ParticipantRegistry: bindings.ParticipantRegistry__factory.connect,
  SecondFactor: bindings.SecondFactor__factory.connect,
  PasskeyVerifier: bindings.PasskeyVerifier__factory.connect,
  P256Verifier: bindings.P256Verifier__factory.connect,
  RsaVerifier: bindings.RsaVerifier__factory.connect,
  MeterRegistry: bindings.MeterRegistry__factory.connect,
  MarketRules: bindings.MarketRules__factory.connect,
  DepositToken: bindings.DepositToken__factory.connect,
  KwhToken: bindings.KwhToken__factory.connect,
  TradeEscrow: bindings.TradeEscrow__factory.connect,
  AdjustmentDesk: bindings.AdjustmentDesk__factory.connect,
  FinanceRules: bindings.FinanceRules__factory.connect,
  Receivables: bindings.Receivables__factory.connect,
  DraftingDesk: bindings.DraftingDesk__factory.connect,
  FinancingDesk: bindings.FinancingDesk__factory.connect,
  CreditLedger: bindings.CreditLedger__factory.connect,
} satisfies Record<ContractName, unknown>;

/** Contracts of the platform as TypeChain binds them. */
export type EthersContracts = { [Name in ContractName]: ReturnType<(typeof CONNECT)[Name]> };

/** A contract of a deployment for ethers, typed by the bindings that every build generates. */
export function ethersContract<Name extends ContractName>(
  { contracts }: { contracts: Record<ContractName, { address: string }> },
  name: Name,
  runner: ContractRunner,
): EthersContracts[Name] {
  const connect = CONNECT[name] as (address: string, runner: ContractRunner) => EthersContracts[Name];
  return connect(contracts[name].address, runner);
}
