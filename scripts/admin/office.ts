import { type Address, getAddress, isAddress, type LocalAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { connect, type Platform } from "../../sdk/chain/client.ts";
import { readDeployment } from "../../sdk/chain/readDeployment.ts";
import { deploymentName, LOCAL, type NetworkSettings, networkNamed, usualLocalUrl } from "../deploy/networks.ts";
import { type Founder, foundersOf, parseParameters } from "../deploy/parameters.ts";
import { publicWallet } from "../deploy/publicWallet.ts";
import { noKey, notKnown, privateKeyIn, variableNamed } from "../deploy/variables.ts";
import { AdminError } from "./problem.ts";

/** What every command is given. */
export interface PlaceOptions {
  network: string;
  folder?: string;
  /** The variable with the private key of who acts. */
  key?: string;
  /** Who acts, where nothing is signed here, or with one of the keys that every tool knows. */
  from?: string;
  dryRun?: boolean;
  unsigned?: boolean | string;
}

/** A deployment, and who acts on it. */
export interface Office {
  platform: Platform;
  settings: NetworkSettings;
  /** Participants that the parameters name by their place. */
  founders: Founder[];
  /** Undefined for who only looks. */
  actor: Address | undefined;
  /** Undefined where nothing can be signed here. */
  account: LocalAccount | undefined;
  /** What happens, and what it came to. */
  say(text: string): void;
  /** What is said beside a result that a program reads. */
  note(text: string): void;
}

/** Reaches a deployment by the node of its network, and finds the key of who acts. */
export async function openOffice(options: PlaceOptions): Promise<Office> {
  const settings = networkNamed(options.network);
  const name = options.folder === undefined ? deploymentName(options.network) : options.network;
  const deployment = readDeployment(name, options.folder);
  const platform = await connect(deployment, await nodeOf(settings));
  const text = JSON.stringify(deployment.parameters);
  const founders = foundersOf(parseParameters(text, `deployments/${name}/deployment.json: parameters`).parameters);
  const account = await signerOf(options);
  const actor = account?.address ?? (options.from === undefined ? undefined : addressIn(options.from, "--from"));
  return { platform, settings, founders, actor, account, say: console.log, note: console.error };
}

/** Who acts, for commands that have to know. */
export function actorOf({ actor }: Office): Address {
  if (actor !== undefined) return actor;
  throw new AdminError({
    en: "Nobody was named who acts: name the variable with the key by --key, or the account by --from with --dry-run or --unsigned.",
    zh: "未指定操作账户：请用 --key 指定私钥变量，或在 --dry-run、--unsigned 时用 --from 指定账户。",
  });
}

export function addressIn(text: string, where: string): Address {
  if (isAddress(text, { strict: false })) return getAddress(text);
  throw new AdminError({
    en: `${where}: "${text}" is not the address of an account, which is 0x and 40 hexadecimal digits.`,
    zh: `${where}：“${text}”不是账户地址：地址为 0x 加 40 位十六进制数字。`,
  });
}

async function nodeOf(settings: NetworkSettings): Promise<string> {
  if (settings.name === LOCAL) return usualLocalUrl();
  const url = process.env.RPC_URL || settings.rpcUrl || (await variableNamed("RPC_URL"));
  if (url === undefined) throw new AdminError(notKnown("RPC_URL"));
  return url;
}

/** The key of the variable that was named, or of the account that was, if everybody has that. */
async function signerOf({ key, from, dryRun, unsigned }: PlaceOptions): Promise<LocalAccount | undefined> {
  if (key !== undefined) {
    const text = await variableNamed(key);
    if (text === undefined) throw new AdminError(notKnown(key));
    const privateKey = privateKeyIn(text);
    if (privateKey === undefined) throw new AdminError(noKey(key));
    const account = privateKeyToAccount(privateKey);
    if (from === undefined || BigInt(addressIn(from, "--from")) === BigInt(account.address)) return account;
    throw new AdminError({
      en: `${key} is the key of ${account.address}, but --from names ${from}: name one of the two.`,
      zh: `${key} 是 ${account.address} 的私钥，而 --from 指定了 ${from}：请只指定其一。`,
    });
  }
  if (from === undefined || dryRun || unsigned !== undefined) return undefined;
  const address = addressIn(from, "--from");
  const known = Array.from({ length: PUBLIC_WALLETS }, (_, at) => publicWallet(at));
  const own = known.find((wallet) => BigInt(wallet.address) === BigInt(address));
  if (own !== undefined) return privateKeyToAccount(own.privateKey as `0x${string}`);
  throw new AdminError({
    en: `The key of ${address} is not here: name its variable by --key, or print unsigned transactions with --unsigned.`,
    zh: `此处没有 ${address} 的私钥：请用 --key 指定变量，或用 --unsigned 输出未签名交易。`,
  });
}

/** How many accounts of the public mnemonic are looked through. */
const PUBLIC_WALLETS = 40;
