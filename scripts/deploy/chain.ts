import hre from "hardhat";
import { configVariable } from "hardhat/config";
import type { EthereumProvider } from "hardhat/types/providers";
import { DeploymentError } from "../../sdk/chain/deployment.ts";
import { nodeErrorOf } from "../../sdk/errors/nodeError.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { LOCAL, type NetworkSettings, networkNamed, usualLocalUrl } from "./networks.ts";
import { publicWallet } from "./publicWallet.ts";
import { noKey, notKnown, privateKeyIn, variableNamed } from "./variables.ts";

/** A chain that can be asked. */
export interface ReadableChain {
  network: string;
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
export async function connect(network: string, localUrl = usualLocalUrl()): Promise<Chain> {
  const accounts = network === LOCAL ? publicWallet(0).privateKey : configVariable("DEPLOYER_KEY");
  const chain = await reach(network, localUrl, [accounts]);
  const signers = await explaining(chain, () => chain.provider.request({ method: "eth_accounts" }));
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
export function connectToRead(network: string, localUrl = usualLocalUrl()): Promise<ReadableChain> {
  return reach(network, localUrl, "remote");
}

/** What keeps a network from being reached with a deployer's key, before anything is asked of it: a sentence for each. */
export async function missingVariables(network: string): Promise<Sentence[]> {
  if (network === LOCAL) return [];
  const { rpcUrl } = networkNamed(network);
  const wanted = rpcUrl === undefined ? ["RPC_URL", "DEPLOYER_KEY"] : ["DEPLOYER_KEY"];
  const found: [string, string | undefined][] = [];
  // One after the other: the keystore asks for its password once.
  for (const name of wanted) found.push([name, await variableNamed(name)]);
  return found.flatMap(([name, value]) => {
    if (value === undefined) return [notKnown(name)];
    return name === "DEPLOYER_KEY" && privateKeyIn(value) === undefined ? [noKey(name)] : [];
  });
}

async function reach(
  network: string,
  localUrl: string,
  accounts: [string | ReturnType<typeof configVariable>] | "remote",
): Promise<ReadableChain> {
  const settings = networkNamed(network);
  const isLocal = network === LOCAL;
  if (isLocal) refuseUnlessLoopback(localUrl);
  const given = process.env.RPC_URL || settings.rpcUrl;
  // A variable's own value may hold a password.
  const place = isLocal ? localUrl : process.env.RPC_URL || given === undefined ? "RPC_URL" : given;
  const override = {
    // Named again, because Hardhat keeps the first value that it found for a variable of the configuration.
    url: isLocal ? localUrl : (given ?? configVariable("RPC_URL")),
    accounts,
    gasPrice: settings.gasPriceWei,
  };
  return explaining({ network, place }, async () => {
    const { provider } = await hre.network.create({ network: isLocal ? LOCAL : "consortium", override });
    const [chainId, genesis] = await Promise.all([
      provider.request({ method: "eth_chainId" }) as Promise<string>,
      blockAt(provider, "0x0"),
    ]);
    const chain = { network, provider, chainId: Number(chainId), genesisHash: genesis.hash, place };
    requireChainOfNetwork(chain, settings);
    return chain;
  });
}

function requireChainOfNetwork({ chainId, place }: ReadableChain, settings: NetworkSettings): void {
  if (settings.chainId === undefined || settings.chainId === chainId) return;
  throw new DeploymentError({
    en: `The network "${settings.name}" is chain ${settings.chainId}, but chain ${chainId} answers at ${place}: point at the right chain, or correct deployments/networks/${settings.name}.json.`,
    zh: `网络“${settings.name}”的链号为 ${settings.chainId}，但 ${place} 应答的是链 ${chainId}：请指向正确的链，或更正 deployments/networks/${settings.name}.json。`,
  });
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

/** On `local` everybody's key is public, so it must not be reachable by everybody. */
function refuseUnlessLoopback(url: string): void {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  if (["127.0.0.1", "localhost", "[::1]"].includes(host)) return;
  throw new DeploymentError({
    en: `The local network is at ${url}, but its keys are public, so it must be on this machine (127.0.0.1): name another network for other chains.`,
    zh: `local 网络位于 ${url}，而其私钥是公开的，只能在本机（127.0.0.1）：其他链请指定另一个网络。`,
  });
}

/** Nobody offers more than the network's settings say; genesis may still ask for a fee where the blocks after it do not. */
async function refuseFees({ network, provider, place }: ReadableChain): Promise<void> {
  const { gasPriceWei } = networkNamed(network);
  const feeOf = ({ baseFeePerGas }: Block) => BigInt(baseFeePerGas ?? 0);
  const patience = Date.now() + 30_000;
  let latest = await blockAt(provider, "latest");
  while (feeOf(latest) > gasPriceWei && Number(latest.number) === 0 && Date.now() < patience) {
    await new Promise((later) => setTimeout(later, 500));
    latest = await blockAt(provider, "latest");
  }
  if (feeOf(latest) <= gasPriceWei) return;
  const isFree = gasPriceWei === 0n;
  const pays = isFree ? { en: "none", zh: "不付费" } : { en: `${gasPriceWei}`, zh: `只付 ${gasPriceWei} wei` };
  const orFile = isFree
    ? { en: "", zh: "" }
    : { en: ", or gasPriceWei in the network's file", zh: "，或网络文件中的 gasPriceWei" };
  throw new DeploymentError({
    en: `The chain at ${place} asks for a base fee of ${feeOf(latest)} wei, but the platform pays ${pays.en}: set zeroBaseFee in its genesis file${orFile.en}.`,
    zh: `${place} 处的链收取 ${feeOf(latest)} wei 的基础费，而本平台${pays.zh}：请在创世文件中设置 zeroBaseFee${orFile.zh}。`,
  });
}

/** Turns what goes wrong with a connection into a sentence that never shows a key. */
async function explaining<Answer>(
  { network, place }: Pick<ReadableChain, "network" | "place">,
  action: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof DeploymentError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    // Hardhat names the variable that it misses beside its words.
    const missing = (error as { messageArguments?: { name?: unknown } }).messageArguments?.name;
    if (typeof missing === "string") throw new DeploymentError(notKnown(missing));
    const key = process.env.DEPLOYER_KEY;
    if (network !== LOCAL && key && privateKeyIn(key) === undefined) throw new DeploymentError(noKey("DEPLOYER_KEY"));
    const remedy =
      network === LOCAL
        ? {
            en: '"npm start" brings one up; RPC_URL names another',
            zh: '"npm start" 可启动一条；RPC_URL 可指定另一条',
          }
        : { en: "start its node, or set RPC_URL to one that runs", zh: "请启动其节点，或将 RPC_URL 设为可用的节点" };
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
