import type { WalletProvider } from "./ensureNetwork.ts";

/** A wallet installed in a browser, as it announces itself to a page (EIP-6963). */
export interface AnnouncedWallet {
  info: { uuid: string; name: string; icon: string; rdns: string };
  /** Ask it for `eth_requestAccounts`; then, with one of the accounts, it signs. */
  provider: WalletProvider;
}

/** The part of a page through which wallets announce themselves: `window`. */
interface Page {
  addEventListener(type: string, listener: (event: never) => void): void;
  removeEventListener(type: string, listener: (event: never) => void): void;
  dispatchEvent(event: Event): boolean;
}

/** Asks the wallets installed in this browser to announce themselves, and gives those that do so in time. */
export async function announcedWallets(
  page: Page = globalThis as unknown as Page,
  waitMs = 100,
): Promise<AnnouncedWallet[]> {
  const wallets = new Map<string, AnnouncedWallet>();
  const listen = ({ detail }: { detail: AnnouncedWallet }) => wallets.set(detail.info.uuid, detail);
  page.addEventListener("eip6963:announceProvider", listen);
  page.dispatchEvent(new Event("eip6963:requestProvider"));
  await new Promise((done) => setTimeout(done, waitMs));
  page.removeEventListener("eip6963:announceProvider", listen);
  return [...wallets.values()];
}
