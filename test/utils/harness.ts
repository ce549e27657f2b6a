import { BaseContract, ContractFactory } from "ethers";
import type { Band } from "../../sdk/index.ts";
import type { InProcess } from "./inProcess.ts";
import { testArtifact } from "./testArtifact.ts";

export type Figure = "deliveredWh" | "energyFen" | "networkFen" | "bondFen" | "deviationFen";

/** test/utils/AmountHarness.sol: the libraries themselves, many cases a call. */
export interface Harness {
  settle(cases: unknown[]): Promise<Record<"delivered" | Figure, unknown>[]>;
  spread(days: readonly (readonly Band[])[]): Promise<Record<string, unknown>[]>;
  dateNumbers(days: number[]): Promise<bigint[]>;
  daysAt(timestamps: number[]): Promise<bigint[]>;
  discount(cases: unknown[]): Promise<bigint[]>;
  lateFees(accrued: bigint[]): Promise<bigint[]>;
  daysLate(from: number[], timestamps: number[]): Promise<bigint[]>;
}

export async function deployHarness(chain: InProcess): Promise<Harness> {
  const { abi, bytecode } = await testArtifact("test/utils/AmountHarness.sol", "AmountHarness");
  const factory = new ContractFactory(abi, bytecode, chain.wallet("deployer"));
  const deployed = await (await factory.deploy()).waitForDeployment();
  return new BaseContract(await deployed.getAddress(), factory.interface, chain.wallet("deployer")) as never;
}
