import { type Address, getAddress, type Hex, hexToBigInt, isHex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { sendTransaction } from "viem/actions";
import { walletOf } from "../../sdk/chain/client.ts";
import type { AnnouncedWallet } from "../../sdk/wallets/announcedWallets.ts";
import { reachChain } from "../chain/index.ts";
import { language, type Sentence } from "../words/index.ts";
import type { Provider } from "./provider.ts";

/** Wallets with public keys begin with this: no wallet that a person installs does. */
export const PRACTICE = "practice.";

interface PracticeWallet {
  name: Sentence;
  key: Hex;
  /** As the sdk's `exportReaderKey` writes one. */
  readingKey: string;
}

let listed: Promise<PracticeWallet[]> | undefined;

function list(): Promise<PracticeWallet[]> {
  listed ??= fetch("/practice.json")
    .then((answer) => answer.json() as Promise<PracticeWallet[]>)
    .catch((error: unknown) => {
      listed = undefined;
      throw error;
    });
  return listed;
}

/** The reading key with which an account practises; undefined for an account that is no practice wallet's. */
export async function readingKeyOf(account: Address): Promise<string | undefined> {
  const found = (await list()).find(({ key }) => privateKeyToAccount(key).address === getAddress(account));
  return found?.readingKey;
}

let announcing: Promise<void> | undefined;

/**
 * Lets wallets whose keys everybody has announce themselves like installed ones: on the chain of the local deployment, which
 * is compared by its number, its first block and its contracts, and on no other.
 */
export function announcePractice(): Promise<void> {
  announcing ??= begin().catch((error: unknown) => {
    announcing = undefined;
    throw error;
  });
  return announcing;
}

async function begin(): Promise<void> {
  const [found] = await Promise.all([list(), reachChain()]);
  const wallets = found.map(walletFor);
  window.addEventListener("eip6963:requestProvider", () => {
    for (const wallet of wallets) {
      const { info, provider } = wallet;
      const detail = Object.freeze({ info: { ...info, name: wallet.names[language()] }, provider });
      window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
    }
  });
}

function walletFor({ name, key }: PracticeWallet, index: number): AnnouncedWallet & { names: Sentence } {
  const account = privateKeyToAccount(key);
  const provider: Provider = { names: name, request: (call) => answer(account, call) };
  const info = { uuid: crypto.randomUUID(), name: name.en, icon: iconOf(name, index), rdns: `${PRACTICE}${index}` };
  return { info, provider, names: name };
}

/** What a page asks of a wallet (EIP-1193); anything else goes to the node. */
async function answer(account: PrivateKeyAccount, { method, params }: { method: string; params?: unknown }) {
  const { platform } = await reachChain();
  const given = (params ?? []) as readonly unknown[];
  switch (method) {
    case "eth_requestAccounts":
    case "eth_accounts":
      return [account.address];
    case "wallet_switchEthereumChain":
    case "wallet_addEthereumChain":
      return null;
    case "personal_sign":
      return account.signMessage({ message: { raw: given[0] as Hex } });
    case "eth_signTypedData_v4": {
      const { domain, types, primaryType, message } = JSON.parse(given[1] as string);
      const { EIP712Domain: _, ...own } = types;
      return account.signTypedData({ domain, types: own, primaryType, message });
    }
    case "eth_sendTransaction": {
      const { to, data, value, gas } = given[0] as Record<string, Hex>;
      return sendTransaction(walletOf(platform, account), {
        to,
        data,
        ...(isHex(value) ? { value: hexToBigInt(value) } : {}),
        ...(isHex(gas) ? { gas: hexToBigInt(gas) } : {}),
      });
    }
    default:
      return platform.client.request({ method, params } as never);
  }
}

/** A disc with the first character of the name. */
function iconOf({ zh }: Sentence, index: number): string {
  const hue = (index * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="hsl(${hue} 45% 35%)"/><text x="16" y="22" font-size="16" text-anchor="middle" fill="#fff" font-family="sans-serif">${zh.slice(0, 1)}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
