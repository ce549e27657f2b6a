import { useSyncExternalStore } from "react";
import type { Address } from "viem";
import { type AnnouncedWallet, announcedWallets } from "../../sdk/wallets/announcedWallets.ts";
import type { Sentence } from "../words/index.ts";
import { readConfig } from "./config.ts";
import type { Provider } from "./provider.ts";

/** A wallet of the page's reader. */
export interface Wallet {
  /** By which it is found again on the next visit. */
  rdns: string;
  name: Sentence;
  icon: string;
  /** The account that it acts with. */
  account: Address;
  provider: Provider;
  /** Of the network that it is on. */
  chainId: number;
}

const KEPT = "wallet";
let connected: Wallet | undefined;
let release = () => {};
const listeners = new Set<() => void>();

/** The connected wallet; undefined where none is. */
export const useWallet = (): Wallet | undefined => useSyncExternalStore(listenTo, () => connected);

/** The wallets of this browser, with those to practise with where there are any. */
export async function findWallets(): Promise<AnnouncedWallet[]> {
  const { practice } = await readConfig();
  if (practice) await (await import("./practice.ts")).announcePractice();
  return announcedWallets();
}

/** Asks a wallet for its account: its owner chooses which. */
export async function connect(wallet: AnnouncedWallet): Promise<void> {
  await take(wallet, "eth_requestAccounts");
  keep(wallet.info.rdns);
}

/** The wallet of the last visit, if it still lets the page in without asking. */
export async function reconnect(): Promise<void> {
  const rdns = kept();
  if (rdns === undefined || connected !== undefined) return;
  const found = (await findWallets()).find(({ info }) => info.rdns === rdns);
  if (found !== undefined) await take(found, "eth_accounts");
}

export function disconnect(): void {
  release();
  keep(undefined);
  set(undefined);
}

async function take({ info, provider }: AnnouncedWallet, method: string): Promise<void> {
  const spoken = provider as Provider;
  const accounts = (await spoken.request({ method })) as Address[];
  const chainId = Number(await spoken.request({ method: "eth_chainId" }));
  const [account] = accounts;
  if (account === undefined) return;
  release();
  const name = spoken.names ?? { en: info.name, zh: info.name };
  set({ rdns: info.rdns, name, icon: info.icon, account, provider: spoken, chainId });
  release = follow(spoken);
}

/** What the wallet's owner changes in it holds here at once. */
function follow(provider: Provider): () => void {
  const changed = ([account]: Address[]) => (account === undefined ? disconnect() : set({ ...connected!, account }));
  const moved = (chainId: string) => set({ ...connected!, chainId: Number(chainId) });
  provider.on?.("accountsChanged", changed);
  provider.on?.("chainChanged", moved);
  provider.on?.("disconnect", disconnect);
  return () => {
    provider.removeListener?.("accountsChanged", changed);
    provider.removeListener?.("chainChanged", moved);
    provider.removeListener?.("disconnect", disconnect);
  };
}

/** Notes the network of the connected wallet after it was asked to change it: some wallets do not say so. */
export async function noteNetwork(): Promise<void> {
  if (connected === undefined) return;
  const chainId = Number(await connected.provider.request({ method: "eth_chainId" }));
  set({ ...connected, chainId });
}

function set(wallet: Wallet | undefined): void {
  connected = wallet;
  for (const listener of listeners) listener();
}

function listenTo(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function kept(): string | undefined {
  try {
    return localStorage.getItem(KEPT) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(rdns: string | undefined): void {
  try {
    if (rdns === undefined) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, rdns);
  } catch {
    // A browser that stores nothing connects again by hand.
  }
}
