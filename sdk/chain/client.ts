import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  type Client,
  createClient,
  createWalletClient,
  custom,
  defineChain,
  type EIP1193RequestFn,
  http,
  MethodNotFoundRpcError,
  type Transport,
  type WalletClient,
} from "viem";
import { getBlock, getChainId, getCode } from "viem/actions";
import { ABIS } from "./abis.ts";
import { CONTRACTS, type ContractName } from "./contracts.ts";
import { type Deployment, DeploymentError } from "./deployment.ts";

/**
 * Questions asked at once go as one batch, because a node takes only so many connections; and a thousand opened trades
 * answer one log query with several megabytes.
 */
const HTTP = { batch: { batchSize: 100 }, maxResponseBodySize: false } as const;

/** Where a signature counts: one escrow on one chain, and nowhere else. */
export interface Market {
  chainId: number;
  escrow: Address;
}

/** The platform on a chain, read through one JSON-RPC node and nothing else. */
export interface Platform {
  /** For the functions of `viem/actions`; it has none of its own, so that a bundle takes only those it uses. */
  client: Client<Transport, Chain>;
  addresses: Record<ContractName, Address>;
  /** No event of the platform is older. */
  startBlock: bigint;
}

/**
 * Reaches a deployment through a node, after asking the node whether it is on the deployment's chain and has its contracts:
 * addresses follow from who deploys, so that one chain looks like another.
 */
export async function connect(deployment: Deployment, node: string | Transport): Promise<Platform> {
  const platform = platformOf(deployment, node);
  const { address } = deployment.contracts.TradeEscrow;
  const [chainId, genesis, code] = await Promise.all([
    getChainId(platform.client),
    getBlock(platform.client, { blockNumber: 0n }),
    getCode(platform.client, { address }),
  ]);
  if (chainId !== deployment.chainId || genesis.hash !== deployment.genesisHash) {
    throw new DeploymentError({
      en: `The node is on another chain (id ${chainId}, genesis ${genesis.hash}) than the deployment to ${deployment.network} (id ${deployment.chainId}, genesis ${deployment.genesisHash}): point it at the right node, or deploy again.`,
      zh: `节点所在的链（id ${chainId}，创世区块 ${genesis.hash}）与 ${deployment.network} 的部署（id ${deployment.chainId}，创世区块 ${deployment.genesisHash}）不同：请改用正确的节点，或重新部署。`,
    });
  }
  if (code === undefined) {
    throw new DeploymentError({
      en: `The node has no contract at ${address}, where the deployment to ${deployment.network} has its escrow: wait until it is in sync, point at another node, or deploy again.`,
      zh: `节点在 ${address} 处没有合约，而 ${deployment.network} 的托管合约部署在此：请等待其同步、改用其他节点，或重新部署。`,
    });
  }
  return platform;
}

/** `connect` without asking. */
export function platformOf(
  {
    network,
    chainId,
    startBlock,
    contracts,
  }: Pick<Deployment, "network" | "chainId" | "startBlock"> & {
    contracts: Record<ContractName, { address: Address }>;
  },
  node: string | Transport,
): Platform {
  const url = typeof node === "string" ? node : "";
  const chain = defineChain({
    id: chainId,
    name: network,
    nativeCurrency: { name: "none", symbol: "-", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
    // Nobody pays for gas here, and accounts hold nothing to pay with.
    fees: { estimateFeesPerGas: async () => ({ maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }) },
  });
  const transport = typeof node === "string" ? http(node, HTTP) : node;
  const addresses = Object.fromEntries(CONTRACTS.map((name) => [name, contracts[name].address]));
  return {
    client: createClient({ chain, transport, pollingInterval: 200 }),
    addresses: addresses as Platform["addresses"],
    startBlock: BigInt(startBlock),
  };
}

/** A client that sends an account's transactions, without fees. */
export function walletOf({ client }: Platform, account: Account): WalletClient<Transport, Chain, Account> {
  // A node that fills in what a transaction leaves open fills in a fee, too.
  const request: EIP1193RequestFn = async (call) => {
    if (call.method !== "eth_fillTransaction") return client.request(call as never);
    throw new MethodNotFoundRpcError(new Error("Transactions are filled in without fees."), { method: call.method });
  };
  return createWalletClient({ account, chain: client.chain, transport: custom({ request }) });
}

/** A transaction of ethers that offers no fee: give it as the last argument of each call that is sent. */
export const NO_FEE = { type: 2, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n } as const;

/** A contract of the platform, as viem's actions and `getContract` take it. */
export function contractOf<Name extends ContractName>(
  platform: Platform,
  name: Name,
): { address: Address; abi: (typeof ABIS)[Name] } {
  return contractAt(platform, { name, abi: ABIS[name] });
}

/** `contractOf` where the contract is known beforehand: a bundle takes along this ABI and no other. */
export function contractAt<const Known extends { name: ContractName; abi: Abi }>(
  { addresses }: Platform,
  { name, abi }: Known,
): { address: Address; abi: Known["abi"] } {
  return { address: addresses[name], abi };
}

/** Where signatures for this platform count. */
export function marketOf({ client, addresses }: Platform): Market {
  return { chainId: client.chain.id, escrow: addresses.TradeEscrow };
}
