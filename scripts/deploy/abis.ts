import hre from "hardhat";
import { CONTRACTS } from "../../sdk/chain/contracts.ts";
import { DeploymentError } from "../../sdk/chain/deployment.ts";
import type { Abis } from "./setup.ts";

/** The interfaces of the contracts as they were built here. */
export async function readAbis(): Promise<Abis> {
  const entries = CONTRACTS.map(async (name) => {
    try {
      return [name, (await hre.artifacts.readArtifact(name)).abi] as const;
    } catch {
      throw new DeploymentError({
        en: `The contract ${name} is not built: run "npm run build" first.`,
        zh: `合约 ${name} 尚未编译：请先运行 "npm run build"。`,
      });
    }
  });
  return Object.fromEntries(await Promise.all(entries)) as unknown as Abis;
}
