import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { ArgumentType, NamedArtifactContractDeploymentFuture } from "@nomicfoundation/ignition-core";
import { CONTRACTS, type ContractName } from "../../sdk/chain/contracts.ts";
import { constructorArguments } from "./constructorArguments.ts";
import type { NetworkParameters } from "./parameters.ts";

type Contracts = Record<ContractName, NamedArtifactContractDeploymentFuture<string>>;

/** The contracts, each after those it depends on. Until the set-up, the deployer alone can do anything with them. */
export const contractsModule = (parameters: NetworkParameters) =>
  buildModule("Contracts", (m) => {
    const deployer = m.getAccount(0);
    const contracts = {} as Contracts;
    for (const name of CONTRACTS) {
      // One after the other: Ignition takes up a run that was killed only where it knows which of its transactions were sent.
      const before = Object.values(contracts).slice(-1);
      const args = constructorArguments<ArgumentType>(name, parameters, deployer, (other) => contracts[other]);
      contracts[name] = m.contract<string>(name, args as ArgumentType[], { after: before });
    }
    return contracts;
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
