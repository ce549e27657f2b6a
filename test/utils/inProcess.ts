import {
  BaseContract,
  type BaseWallet,
  type ContractRunner,
  Interface,
  type Provider,
  type TransactionRequest,
  Wallet,
} from "ethers";
import hre from "hardhat";
import { type LocalActor, wallets } from "../../demo/local/wallets.ts";
import { readParameters } from "../../scripts/deploy/parameters.ts";
import { type Abis, type Addresses, financeRulesOf, setupCalls } from "../../scripts/deploy/setup.ts";
import { CONTRACTS, type ContractName } from "../../sdk/chain/deployment.ts";
import { type Day, dayOf } from "../../sdk/types/time.ts";
import { root } from "../../tools/tool.ts";
import type * as Bindings from "../../types/typechain/index.ts";

type Connection = Awaited<ReturnType<typeof hre.network.create>>;

/** The platform on a chain inside this process, set up by the reviewed parameter file of the local network. */
export interface InProcess {
  connection: Connection;
  addresses: Addresses;
  abis: Abis;
  /** The day of deployment. */
  today: Day;
  /** A contract as somebody calls it; without a name, as anybody reads it. */
  contract<Name extends ContractName>(name: Name, as?: LocalActor | ContractRunner): Contracts[Name];
  /** Somebody's wallet, connected to the chain. */
  wallet(actor: LocalActor): FreeWallet;
}

/** The bindings that TypeChain generates on every build. */
interface Contracts {
  AccessManager: Bindings.AccessManager;
  ParticipantRegistry: Bindings.ParticipantRegistry;
  SecondFactor: Bindings.SecondFactor;
  PasskeyVerifier: Bindings.PasskeyVerifier;
  P256Verifier: Bindings.P256Verifier;
  RsaVerifier: Bindings.RsaVerifier;
  MeterRegistry: Bindings.MeterRegistry;
  MarketRules: Bindings.MarketRules;
  DepositToken: Bindings.DepositToken;
  KwhToken: Bindings.KwhToken;
  TradeEscrow: Bindings.TradeEscrow;
  AdjustmentDesk: Bindings.AdjustmentDesk;
  FinanceRules: Bindings.FinanceRules;
  Receivables: Bindings.Receivables;
  DraftingDesk: Bindings.DraftingDesk;
  FinancingDesk: Bindings.FinancingDesk;
  CreditLedger: Bindings.CreditLedger;
}

/** A wallet that offers no fee, since nobody has money on the platform's chains but deposits. */
export class FreeWallet extends Wallet {
  static of(wallet: BaseWallet, provider: Provider): FreeWallet {
    return new FreeWallet(wallet.privateKey, provider);
  }

  override populateTransaction(transaction: TransactionRequest) {
    return super.populateTransaction({ ...transaction, type: 2, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n });
  }
}

/** Ten o'clock in Shanghai, whatever the hour: gates close in the evening. */
const BEGINNING = "2026-11-22T02:00:00Z";

/** Deploys all contracts in a few milliseconds, by the same steps as `npm run deploy` but without its journal. */
export async function deployInProcess(): Promise<InProcess> {
  const connection = await hre.network.create({ override: { initialDate: BEGINNING } });
  const { ethers } = connection;
  const { parameters } = readParameters(`${root}/deployments/parameters/local.json`);
  const wallet = (actor: LocalActor) => FreeWallet.of(wallets[actor].wallet, ethers.provider);
  const deployer = wallet("deployer");
  const abis = Object.fromEntries(
    await Promise.all(CONTRACTS.map(async (name) => [name, (await hre.artifacts.readArtifact(name)).abi])),
  ) as Abis;

  const addresses = {} as Addresses;
  const deploy = async (name: ContractName, ...args: unknown[]) => {
    const factory = await ethers.getContractFactory(name, deployer);
    addresses[name] = await (await factory.deploy(...args)).getAddress();
  };
  const at = (...names: ContractName[]) => names.map((name) => addresses[name]);
  const { depositToken, kwhToken, receivables, metering } = parameters;
  await deploy("AccessManager", deployer.address);
  await deploy("ParticipantRegistry", ...at("AccessManager"));
  await deploy("SecondFactor", ...at("AccessManager", "ParticipantRegistry"));
  await deploy("PasskeyVerifier");
  await deploy("P256Verifier");
  await deploy("RsaVerifier");
  await deploy("MarketRules", ...at("AccessManager"));
  await deploy("MeterRegistry", ...at("AccessManager", "ParticipantRegistry"), metering);
  await deploy(
    "DepositToken",
    ...at("AccessManager", "ParticipantRegistry", "SecondFactor"),
    ...[depositToken.name, depositToken.symbol],
  );
  await deploy("KwhToken", ...at("AccessManager", "ParticipantRegistry", "MeterRegistry"), kwhToken.uri);
  await deploy(
    "TradeEscrow",
    ...at("AccessManager", "ParticipantRegistry", "MeterRegistry", "DepositToken", "KwhToken", "MarketRules"),
    ...at("SecondFactor"),
  );
  await deploy("FinanceRules", ...at("AccessManager"), ...financeRulesOf(parameters.financeRules));
  await deploy(
    "AdjustmentDesk",
    ...at("AccessManager", "ParticipantRegistry", "MeterRegistry", "TradeEscrow", "MarketRules", "DepositToken"),
    ...at("FinanceRules"),
  );
  await deploy(
    "Receivables",
    ...at("AccessManager", "ParticipantRegistry", "TradeEscrow", "DepositToken", "MarketRules", "FinanceRules"),
    receivables.uri,
  );
  await deploy("DraftingDesk", ...at("AccessManager", "ParticipantRegistry", "Receivables", "MarketRules"));
  await deploy(
    "FinancingDesk",
    ...at("AccessManager", "ParticipantRegistry", "Receivables", "DepositToken", "SecondFactor"),
  );
  await deploy(
    "CreditLedger",
    ...at("AccessManager", "ParticipantRegistry", "MeterRegistry", "TradeEscrow", "Receivables"),
  );

  const now = (await ethers.provider.getBlock("latest"))?.timestamp ?? 0;
  const today = dayOf(now);
  const manager = await ethers.getContractAt("AccessManager", addresses.AccessManager, deployer);
  await (await manager.multicall(setupCalls(parameters, addresses, abis, deployer.address, today))).wait();

  const contract = <Name extends ContractName>(name: Name, as?: LocalActor | ContractRunner) => {
    const runner = typeof as === "string" ? wallet(as) : (as ?? ethers.provider);
    return new BaseContract(addresses[name], new Interface(abis[name]), runner) as unknown as Contracts[Name];
  };
  return { connection, addresses, abis, today, contract, wallet };
}
