import type { Page } from "playwright-core";

/** What the page says of a wallet that makes trouble. */
export const WORDS = {
  en: {
    connect: "Connect a wallet",
    name: "Contrary",
    elsewhere: /^The wallet is on network 1, and this market is on another/,
    change: "Change the network",
    close: "Close",
    participant: /^Participant \d+, admitted until /,
    declined: /^You refused this in your wallet, and nothing was sent/,
    others: /is traded for by participant \d+ on this day: connect its wallet/,
  },
  zh: {
    connect: "连接钱包",
    name: "Contrary",
    elsewhere: /^钱包位于网络 1，与本市场所在网络不同/,
    change: "切换网络",
    close: "关闭",
    participant: /^市场主体 \d+，有效期至 /,
    declined: /^您已在钱包中拒绝，未发送任何内容/,
    others: /由市场主体 \d+ 交易：请连接其钱包/,
  },
} as const;

interface Contrary {
  accounts: readonly string[];
  /** Of the network it is on at first. */
  chainId: number;
}

/** Puts a wallet into a page that announces itself (EIP-6963), is on another network, and signs nothing. */
export async function installWallet(page: Page, { accounts, chainId }: Contrary): Promise<void> {
  await page.addInitScript(`(() => {
    const state = { accounts: ${JSON.stringify(accounts)}, chainId: "0x${chainId.toString(16)}" };
    const listeners = {};
    const tell = (event, value) => (listeners[event] ?? []).forEach((listener) => listener(value));
    const provider = {
      on: (event, listener) => { (listeners[event] ??= []).push(listener); },
      removeListener: (event, listener) => { listeners[event] = (listeners[event] ?? []).filter((one) => one !== listener); },
      request: async ({ method, params }) => {
        if (method === "eth_requestAccounts" || method === "eth_accounts") return state.accounts;
        if (method === "eth_chainId") return state.chainId;
        if (method === "wallet_switchEthereumChain") {
          state.chainId = params[0].chainId;
          tell("chainChanged", state.chainId);
          return null;
        }
        throw Object.assign(new Error("The user declined."), { code: 4001 });
      },
    };
    window.testWallet = { become: (account) => { state.accounts = [account]; tell("accountsChanged", state.accounts); } };
    const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";
    const info = { uuid: crypto.randomUUID(), name: "Contrary", icon, rdns: "test.contrary" };
    const announce = () =>
      window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
    window.addEventListener("eip6963:requestProvider", announce);
  })()`);
}
