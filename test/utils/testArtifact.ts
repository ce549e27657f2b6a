import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InterfaceAbi } from "ethers";
import hre from "hardhat";
import { root } from "../../scripts/root.ts";

/** A contract written in Solidity for tests in TypeScript; compiled if it is not yet. */
export async function testArtifact(file: string, name: string): Promise<{ abi: InterfaceAbi; bytecode: string }> {
  const scope = hre.config.solidity.splitTestsCompilation ? "tests" : "contracts";
  const results = await hre.solidity.build([join(root, file)], { scope, quiet: true });
  if (!hre.solidity.isSuccessfulBuildResult(results)) throw new Error(`${file} does not compile.`);
  const artifacts = await hre.solidity.getArtifactsDirectory(scope);
  return JSON.parse(readFileSync(join(artifacts, file, `${name}.json`), "utf8"));
}
