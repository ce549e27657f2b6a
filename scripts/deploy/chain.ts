import { isHexString } from "ethers";
import hre from "hardhat";
import { configVariable } from "hardhat/config";
import type { EthereumProvider } from "hardhat/types/providers";
import { DeploymentError } from "../../sdk/chain/deployment.ts";
import { portFrom } from "../port.ts";
import { publicWallet } from "./publicWallet.ts";

export const NETWORKS = ["local", "consortium"] as const;
export type Network = (typeof NETWORKS)[number];

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
  if (deployer === undefined) throw new DeploymentError("There is no account to deploy with: set DEPLOYER_KEY.");
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

export async function blockAt(provider: EthereumProvider, block: string): Promise<Block> {
  return (await provider.request({ method: "eth_getBlockByNumber", params: [block, false] })) as Block;
}

export async function blockNumber(provider: EthereumProvider): Promise<number> {
  return Number(await provider.request({ method: "eth_blockNumber" }));
}

function usualLocalUrl(): string {
  return process.env.RPC_URL || `http://127.0.0.1:${portFrom("DUJIANG_RPC_PORT", 8545)}`;
}

/** On `local` everybody's key is public, so it must not be reachable by everybody. */
function refuseUnlessLoopback(url: string): void {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  if (["127.0.0.1", "localhost", "[::1]"].includes(host)) return;
  throw new DeploymentError(
    `The local network is at ${url}, but its keys are public, so it must be on this machine (127.0.0.1): use --network consortium for other chains.`,
  );
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
  throw new DeploymentError(
    `The chain at ${place} asks for a base fee of ${BigInt(latest.baseFeePerGas ?? 0)} wei, but the platform pays none: set zeroBaseFee in its genesis file.`,
  );
}

/** Turns what goes wrong with a connection into a sentence that never shows a key. */
async function explaining<Answer>(place: string, action: () => Promise<Answer>): Promise<Answer> {
  try {
    return await action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    for (const variable of ["RPC_URL", "DEPLOYER_KEY"]) {
      if (place === "RPC_URL" && process.env[variable] === undefined && message.includes(variable)) {
        throw new DeploymentError(
          `${variable} is not known: put it into the environment or, with "npx hardhat keystore set ${variable}", into Hardhat's keystore.`,
        );
      }
    }
    const key = process.env.DEPLOYER_KEY;
    if (place === "RPC_URL" && key !== undefined && !isHexString(key.startsWith("0x") ? key : `0x${key}`, 32)) {
      throw new DeploymentError("DEPLOYER_KEY is not a private key, which is 0x and 64 hexadecimal digits.");
    }
    const remedy =
      place === "RPC_URL"
        ? "start its node, or set RPC_URL to one that runs"
        : '"npm start" brings one up; RPC_URL names another';
    throw new DeploymentError(`No chain answers at ${place}${reason(message)}: ${remedy}.`);
  }
}

/** What a person does not know yet, without anything secret. */
function reason(message: string): string {
  const [first = ""] = message.split("\n");
  if (/cannot connect to the network/i.test(first)) return "";
  const text = first.replace(/0x[0-9a-fA-F]{64}/g, "0x…").replace(/\/\/[^@\s/]*@/g, "//…@");
  return ` (${text.replace(/\.$/, "")})`;
}
