import { type Hex, hexToNumber, isHex, numberToHex } from "viem";
import type { Deployment } from "../chain/deployment.ts";
import { DujiangError } from "../types/errors.ts";
import type { Sentence } from "../types/sentence.ts";
import { walletCodeOf, walletRefusal } from "./walletRefusal.ts";

/** A wallet in a browser, EIP-1193. */
export interface WalletProvider {
  request(call: { method: string; params?: unknown }): Promise<unknown>;
}

/** What a wallet has to know of a network (EIP-3085), to be handed over or to be typed in by a person. */
export interface NetworkPanel {
  chainId: Hex;
  chainName: string;
  /** Wallets take https, and http of this machine alone. */
  rpcUrls: readonly string[];
  /** Nobody pays for gas here, but wallets ask for a currency, and for 18 decimals. */
  nativeCurrency: { name: string; symbol: string; decimals: 18 };
}

/** Thrown when a wallet is not on the platform's network and could not be brought there: `panel` is to be shown for copying. */
export class WrongNetwork extends DujiangError {
  readonly panel: NetworkPanel;

  constructor(sentences: Sentence, panel: NetworkPanel) {
    super(sentences);
    this.panel = panel;
  }
}

/** The network of a deployment as wallets want it. @param rpcUrls nodes that the wallet is to ask */
export function networkPanel(
  { network, chainId }: Pick<Deployment, "network" | "chainId">,
  rpcUrls: readonly string[],
): NetworkPanel {
  return {
    chainId: numberToHex(chainId),
    chainName: `Dujiang 都江 ${network}`,
    rpcUrls,
    nativeCurrency: { name: "No fees", symbol: "NOFEE", decimals: 18 },
  };
}

type Place = Pick<Deployment, "network" | "chainId" | "genesisHash"> & {
  contracts: { TradeEscrow: { address: Hex } };
};

/**
 * Brings a wallet to the network of a deployment, before it is asked to sign or send: switches it (EIP-3326), adds the network
 * where the wallet does not know it (EIP-3085), and compares block 0 and the escrow's code, because another chain may have the
 * same number.
 * @throws WrongNetwork if the wallet or its owner refuses, or if what it calls this network is another chain
 */
export async function ensureNetwork(
  provider: WalletProvider,
  deployment: Place,
  rpcUrls: readonly string[],
): Promise<void> {
  const panel = networkPanel(deployment, rpcUrls);
  const { chainId } = panel;
  if ((await chainOf(provider)) !== deployment.chainId) {
    await tryTo(panel, async () => {
      try {
        await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
      } catch (error) {
        if (walletCodeOf(error) !== 4902) throw error;
        await provider.request({ method: "wallet_addEthereumChain", params: [panel] });
        // Some wallets add a network without going there.
        if ((await chainOf(provider)) === deployment.chainId) return;
        await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
      }
    });
    if ((await chainOf(provider)) !== deployment.chainId) throw new WrongNetwork(ELSEWHERE, panel);
  }
  await requireSameChain(provider, deployment, panel);
}

const ELSEWHERE: Sentence = {
  en: "The wallet stayed on another network: choose the platform's in the wallet and try again.",
  zh: "钱包仍在其他网络上：请在钱包中选择本平台的网络后重试。",
};

async function chainOf(provider: WalletProvider): Promise<number | undefined> {
  const id = await provider.request({ method: "eth_chainId" });
  return isHex(id) ? hexToNumber(id) : undefined;
}

/** What a wallet refuses is its owner's to do by hand, by the panel. */
async function tryTo(panel: NetworkPanel, ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    throw new WrongNetwork(walletRefusal(error) ?? BY_HAND, panel);
  }
}

const BY_HAND: Sentence = {
  en: "The wallet does not let a page choose its network: add the network in the wallet by hand, with the values shown.",
  zh: "钱包不允许网页选择网络：请按所示数值在钱包中手动添加网络。",
};

/** Anybody can make a chain with this number, but not with this block 0 and these contracts. */
async function requireSameChain(provider: WalletProvider, deployment: Place, panel: NetworkPanel): Promise<void> {
  const { network, genesisHash, contracts } = deployment;
  const { address } = contracts.TradeEscrow;
  const [genesis, code] = await Promise.all([
    provider.request({ method: "eth_getBlockByNumber", params: ["0x0", false] }),
    provider.request({ method: "eth_getCode", params: [address, "latest"] }),
  ]);
  const found = (genesis as { hash?: Hex } | null)?.hash;
  if (found !== genesisHash) {
    const sentences = {
      en: `What the wallet has under the number ${deployment.chainId} is another chain (genesis ${found ?? "unknown"}) than that of ${network} (${genesisHash}): remove that network from the wallet, and let it be added again.`,
      zh: `钱包中编号为 ${deployment.chainId} 的网络（创世区块 ${found ?? "未知"}）不是 ${network} 的链（${genesisHash}）：请从钱包中删除该网络后重新添加。`,
    };
    throw new WrongNetwork(sentences, panel);
  }
  if (typeof code === "string" && code.length > 2) return;
  throw new WrongNetwork(
    {
      en: `The node that the wallet asks has no contract at ${address}, where ${network} has its escrow: wait until it is in sync, or give the wallet another node.`,
      zh: `钱包所用节点在 ${address} 处没有合约，而 ${network} 的托管合约部署在此：请等待其同步，或为钱包改用其他节点。`,
    },
    panel,
  );
}
