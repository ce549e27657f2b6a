import { isHexString } from "ethers";
import hre from "hardhat";
import { configVariable } from "hardhat/config";
import type { EthereumProvider } from "hardhat/types/providers";
import { DeploymentError } from "../../sdk/chain/deployment.ts";
import { nodeErrorOf } from "../../sdk/errors/nodeError.ts";
import { portFrom } from "../port.ts";
import { publicWallet } from "./publicWallet.ts";

export const NETWORKS = ["local", "consortium"] as const;
export type Network = (typeof NETWORKS)[number];
/** Where a local chain listens unless it is said otherwise. */
const USUAL_PORT = 8545;

/** A chain that can be asked. */
export interface ReadableChain {
  network: Network;
  provider: EthereumProvider;
  chainId: number;
  genesisHash: string;
  /** Where it answers, as a person may see it. */
  place: string;
}

/** The chain to deploy to, and the account that deploys. */
export interface Chain extends ReadableChain {
  deployer: string;
}

export interface Block {
  number: string;
  hash: string;
  timestamp: string;
  baseFeePerGas?: string;
}

/** Connects with a signer of our own: no chain of ours signs for others. */
export async function connect(network: Network, localUrl = usualLocalUrl()): Promise<Chain> {
  const accounts = network === "local" ? publicWallet(0).privateKey : configVariable("DEPLOYER_KEY");
  const chain = await reach(network, localUrl, [accounts]);
  const signers = await explaining(chain.place, () => chain.provider.request({ method: "eth_accounts" }));
  const [deployer] = signers as string[];
  if (deployer === undefined)
    throw new DeploymentError({
      en: "There is no account to deploy with: set DEPLOYER_KEY.",
      zh: "没有可用于部署的账户：请设置 DEPLOYER_KEY。",
    });
  await refuseFees(chain);
  return { ...chain, deployer };
}

/** Connects without any key, for those who only look. */
export function connectToRead(network: Network, localUrl = usualLocalUrl()): Promise<ReadableChain> {
  return reach(network, localUrl, "remote");
}

async function reach(
  network: Network,
  localUrl: string,
  accounts: [string | ReturnType<typeof configVariable>] | "remote",
): Promise<ReadableChain> {
  if (network === "local") refuseUnlessLoopback(localUrl);
  const place = network === "local" ? localUrl : "RPC_URL";
  // Named again, because Hardhat keeps the first value that it found for a variable of the configuration.
  const url = network === "local" ? localUrl : configVariable("RPC_URL");
  return explaining(place, async () => {
    const { provider } = await hre.network.create({ network, override: { url, accounts } });
    const [chainId, genesis] = await Promise.all([
      provider.request({ method: "eth_chainId" }) as Promise<string>,
      blockAt(provider, "0x0"),
    ]);
    return { network, provider, chainId: Number(chainId), genesisHash: genesis.hash, place };
  });
}

/**
 * The folder of a network under deployments/: a local chain at another port than the usual one has a folder of its own, so that
 * of two neither changes what is read of the other.
 */
export function deploymentName(network: Network, localUrl = usualLocalUrl()): string {
  const { port } = new URL(localUrl);
  return network === "local" && port !== String(USUAL_PORT) ? `local-${port}` : network;
}

/** Refuses a chain that the reviewed file is not for, before anything is compiled or sent. */
export async function requireReviewedChain(chain: ReadableChain, wanted: number | "development", where: string) {
  const { chainId, place } = chain;
  if (wanted !== "development") {
    if (chainId === wanted) return;
    throw new DeploymentError({
      en: `${where} is for chain ${wanted}, but chain ${chainId} answers at ${place}: point at the right chain, or have the file reviewed for this one.`,
      zh: `${where} 适用于链 ${wanted}，而 ${place} 处应答的是链 ${chainId}：请改用正确的链，或就此链重新审阅该文件。`,
    });
  }
  if (await isForDevelopment(chain)) return;
  throw new DeploymentError({
    en: `${where} is for chains for development, but chain ${chainId} at ${place} is none: have a file reviewed that names it as its chainId.`,
    zh: `${where} 仅适用于开发链，而 ${place} 处的链 ${chainId} 不是：请审阅一份以其为 chainId 的文件。`,
  });
}

/** Hardhat's chain and anvil tell about themselves by a method that no other node has. */
async function isForDevelopment({ provider }: ReadableChain): Promise<boolean> {
  try {
    return (await provider.request({ method: "hardhat_metadata" })) !== null;
  } catch (error) {
    if (nodeErrorOf(error)?.kind === "refused") return false;
    throw error;
  }
}

export async function blockAt(provider: EthereumProvider, block: string): Promise<Block> {
  return (await provider.request({ method: "eth_getBlockByNumber", params: [block, false] })) as Block;
}

export async function blockNumber(provider: EthereumProvider): Promise<number> {
  return Number(await provider.request({ method: "eth_blockNumber" }));
}

function usualLocalUrl(): string {
  return process.env.RPC_URL || `http://127.0.0.1:${portFrom("DUJIANG_RPC_PORT", USUAL_PORT)}`;
}

/** On `local` everybody's key is public, so it must not be reachable by everybody. */
function refuseUnlessLoopback(url: string): void {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  if (["127.0.0.1", "localhost", "[::1]"].includes(host)) return;
  throw new DeploymentError({
    en: `The local network is at ${url}, but its keys are public, so it must be on this machine (127.0.0.1): use --network consortium for other chains.`,
    zh: `local 网络位于 ${url}，而其私钥是公开的，只能在本机（127.0.0.1）：其他链请用 --network consortium。`,
  });
}

/** Zero-fee transactions are all we send; genesis may still ask for a fee where the blocks after it do not. */
async function refuseFees({ provider, place }: ReadableChain): Promise<void> {
  const patience = Date.now() + 30_000;
  let latest = await blockAt(provider, "latest");
  while (BigInt(latest.baseFeePerGas ?? 0) > 0n && Number(latest.number) === 0 && Date.now() < patience) {
    await new Promise((later) => setTimeout(later, 500));
    latest = await blockAt(provider, "latest");
  }
  if (BigInt(latest.baseFeePerGas ?? 0) === 0n) return;
  throw new DeploymentError({
    en: `The chain at ${place} asks for a base fee of ${BigInt(latest.baseFeePerGas ?? 0)} wei, but the platform pays none: set zeroBaseFee in its genesis file.`,
    zh: `${place} 处的链收取 ${BigInt(latest.baseFeePerGas ?? 0)} wei 的基础费，而本平台不付费：请在创世文件中设置 zeroBaseFee。`,
  });
}

/** Turns what goes wrong with a connection into a sentence that never shows a key. */
async function explaining<Answer>(place: string, action: () => Promise<Answer>): Promise<Answer> {
  try {
    return await action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Hardhat names the variable that it misses beside its words.
    const missing = (error as { messageArguments?: { name?: unknown } }).messageArguments?.name;
    if (place === "RPC_URL" && (missing === "RPC_URL" || missing === "DEPLOYER_KEY")) {
      throw new DeploymentError({
        en: `${missing} is not known: put it into the environment or, with "npx hardhat keystore set ${missing}", into Hardhat's keystore.`,
        zh: `未提供 ${missing}：请写入环境变量，或用 "npx hardhat keystore set ${missing}" 存入 Hardhat 密钥库。`,
      });
    }
    const key = process.env.DEPLOYER_KEY;
    if (place === "RPC_URL" && key !== undefined && !isHexString(key.startsWith("0x") ? key : `0x${key}`, 32)) {
      throw new DeploymentError({
        en: "DEPLOYER_KEY is not a private key, which is 0x and 64 hexadecimal digits.",
        zh: "DEPLOYER_KEY 不是私钥：私钥为 0x 加 64 位十六进制数字。",
      });
    }
    const remedy =
      place === "RPC_URL"
        ? { en: "start its node, or set RPC_URL to one that runs", zh: "请启动其节点，或将 RPC_URL 设为可用的节点" }
        : {
            en: '"npm start" brings one up; RPC_URL names another',
            zh: '"npm start" 可启动一条；RPC_URL 可指定另一条',
          };
    const why = reason(message);
    throw new DeploymentError({
      en: `No chain answers at ${place}${why && ` (${why})`}: ${remedy.en}.`,
      zh: `${place} 处没有链应答${why && `（${why}）`}：${remedy.zh}。`,
    });
  }
}

/** What a person does not know yet, without anything secret. */
function reason(message: string): string {
  const [first = ""] = message.split("\n");
  if (/cannot connect to the network/i.test(first)) return "";
  const text = first.replace(/0x[0-9a-fA-F]{64}/g, "0x…").replace(/\/\/[^@\s/]*@/g, "//…@");
  return text.replace(/\.$/, "");
}
