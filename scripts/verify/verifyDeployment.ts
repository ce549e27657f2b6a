import { type Deployment, DeploymentError } from "../../sdk/chain/deployment.ts";
import { readAbis } from "../deploy/abis.ts";
import type { ReadableChain } from "../deploy/chain.ts";
import type { NetworkParameters } from "../deploy/parameters.ts";
import { checkAccess } from "./access.ts";
import { checkCode } from "./code.ts";
import { checkMarket } from "./market.ts";
import { OnChain } from "./onChain.ts";
import { Report } from "./report.ts";

/**
 * Compares a chain with what was reviewed: code with the sources here, which must have been built, and roles and
 * parameters with the file.
 */
export async function verifyDeployment(
  chain: ReadableChain,
  deployment: Deployment,
  parameters: NetworkParameters,
): Promise<Report> {
  if (chain.chainId !== deployment.chainId || chain.genesisHash !== deployment.genesisHash) {
    throw new DeploymentError({
      en: `The deployment to ${deployment.network} is on chain ${deployment.chainId} with first block ${deployment.genesisHash}, which is not the chain that answers at ${chain.place} (${chain.chainId}, ${chain.genesisHash}): name the right node.`,
      zh: `${deployment.network} 的部署在链 ${deployment.chainId}（首个区块 ${deployment.genesisHash}）上，与 ${chain.place} 处应答的链（${chain.chainId}，${chain.genesisHash}）不同：请指定正确的节点。`,
    });
  }
  const seen = await OnChain.read(chain, deployment, await readAbis());
  const report = new Report();
  const deployers = await checkCode(report, seen);
  await report.section("who may do what", () => checkAccess(report, seen, parameters, deployers));
  await checkMarket(report, seen, parameters);
  return report;
}
