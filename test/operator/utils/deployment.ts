import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zeroHash } from "viem";
import { getBlock } from "viem/actions";
import { parametersFileOf } from "../../../scripts/deploy/networks.ts";
import { readParameters } from "../../../scripts/deploy/parameters.ts";
import type { ContractName } from "../../../sdk/chain/contracts.ts";
import { abiHash, type Deployment, jsonHash } from "../../../sdk/chain/deployment.ts";
import type { TestMarket } from "../../utils/market.ts";

/** Writes where the platform of a test lies, as other processes read it with DUJIANG_DEPLOYMENTS and DUJIANG_NETWORK. */
export async function writeDeployment(folder: string, network: string, { inProcess, platform }: TestMarket) {
  const { hash } = await getBlock(platform.client, { blockNumber: 0n });
  const place = { transactionHash: zeroHash, blockNumber: 1 };
  const contracts = Object.fromEntries(
    Object.entries(inProcess.addresses).map(([name, address]) => [
      name,
      { address: address as `0x${string}`, ...place, abiHash: abiHash(inProcess.abis[name as ContractName] as never) },
    ]),
  );
  const { reviewed } = readParameters(parametersFileOf("local"));
  const deployment: Deployment = {
    ...{ network, chainId: 31_337, genesisHash: hash, startBlock: 1, setup: place },
    contracts: contracts as unknown as Deployment["contracts"],
    ...{ parameters: reviewed, parametersHash: jsonHash(reviewed) },
  };
  mkdirSync(join(folder, network), { recursive: true });
  writeFileSync(join(folder, network, "deployment.json"), JSON.stringify(deployment));
}
