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
import { readAbis } from "../../scripts/deploy/abis.ts";
import { constructorArguments } from "../../scripts/deploy/constructorArguments.ts";
import { readParameters } from "../../scripts/deploy/parameters.ts";
import { type Abis, type Addresses, setupCalls } from "../../scripts/deploy/setup.ts";
import { root } from "../../scripts/root.ts";
import { CONTRACTS, type ContractName } from "../../sdk/chain/contracts.ts";
import type { EthersContracts } from "../../sdk/chain/ethers.ts";
import { type Day, dayOf } from "../../sdk/types/time.ts";

type Connection = Awaited<ReturnType<typeof hre.network.create>>;

/** The platform on a chain inside this process, set up by the reviewed parameter file of the local network. */
export interface InProcess {
  connection: Connection;
  addresses: Addresses;
  abis: Abis;
  /** The day of deployment. */
  today: Day;
  /** A contract as somebody calls it; without a name, as anybody reads it. */
  contract<Name extends ContractName>(name: Name, as?: LocalActor | ContractRunner): EthersContracts[Name];
  /** Somebody's wallet, connected to the chain. */
  wallet(actor: LocalActor): FreeWallet;
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

/** Ten o'clock in Shanghai, at any hour of the test: gates close in the evening. */
const BEGINNING = "2026-11-22T02:00:00Z";

/**
 * Deploys all contracts in a few milliseconds, by the same steps as `npm run deploy` but without its journal.
 * @param hardfork the rules of the chain, if not those of `hardhat.config.ts`.
 */
export async function deployInProcess(hardfork?: "cancun"): Promise<InProcess> {
  const rules = hardfork === undefined ? {} : { hardfork };
  const connection = await hre.network.create({ override: { initialDate: BEGINNING, ...rules } });
  const { ethers } = connection;
  const { parameters } = readParameters(`${root}/deployments/parameters/local.json`);
  const wallet = (actor: LocalActor) => FreeWallet.of(wallets[actor].wallet, ethers.provider);
  const deployer = wallet("deployer");
  const abis = await readAbis();

  const addresses = {} as Addresses;
  for (const name of CONTRACTS) {
    const factory = await ethers.getContractFactory(name, deployer);
    const args = constructorArguments(name, parameters, deployer.address, (other) => addresses[other]);
    addresses[name] = await (await factory.deploy(...args)).getAddress();
  }

  const now = (await ethers.provider.getBlock("latest"))?.timestamp ?? 0;
  const today = dayOf(now);
  const manager = await ethers.getContractAt("AccessManager", addresses.AccessManager, deployer);
  await (await manager.multicall(setupCalls(parameters, addresses, abis, deployer.address, today))).wait();

  const contract = <Name extends ContractName>(name: Name, as?: LocalActor | ContractRunner) => {
    const runner = typeof as === "string" ? wallet(as) : (as ?? ethers.provider);
    return new BaseContract(addresses[name], new Interface(abis[name]), runner) as unknown as EthersContracts[Name];
  };
  return { connection, addresses, abis, today, contract, wallet };
}
