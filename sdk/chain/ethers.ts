import { BaseContract, type ContractRunner } from "ethers";
import type * as bindings from "../../types/typechain/index.ts";
import { ABIS } from "./abis.ts";
import type { ContractName } from "./contracts.ts";

export { NO_FEE } from "./client.ts";

/** Contracts of the platform, typed by the bindings that every build generates. */
export type EthersContracts = {
  [Name in ContractName]: ReturnType<(typeof bindings)[`${Name}__factory`]["connect"]>;
};

/** A contract of a deployment for ethers. */
export function ethersContract<Name extends ContractName>(
  { contracts }: { contracts: Record<ContractName, { address: string }> },
  name: Name,
  runner: ContractRunner,
): EthersContracts[Name] {
  return new BaseContract(contracts[name].address, ABIS[name], runner) as unknown as EthersContracts[Name];
}
