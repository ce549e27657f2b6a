import { partsOf } from "../types/errorParts.ts";
import type { Sentence } from "../types/sentence.ts";

/** What a wallet means by a refusal, by the codes of EIP-1193 and EIP-3085. */
const WALLET_SENTENCES: Readonly<Record<number, Sentence>> = {
  4001: {
    en: "You refused this in your wallet, and nothing was sent: try again if you meant to agree.",
    zh: "您已在钱包中拒绝，未发送任何内容：如需继续，请重试并确认。",
  },
  4100: {
    en: "The wallet has not let this page use the account: connect the account in the wallet first.",
    zh: "钱包尚未允许本页面使用该账户：请先在钱包中连接该账户。",
  },
  4200: {
    en: "The wallet does not know what it was asked for: update it, or use another one.",
    zh: "钱包不支持所请求的功能：请更新钱包或改用其他钱包。",
  },
  4900: {
    en: "The wallet is connected to no network: check its connection and try again.",
    zh: "钱包未连接任何网络：请检查其连接后重试。",
  },
  4901: {
    en: "The wallet is not connected to the platform's network: choose the network in the wallet and try again.",
    zh: "钱包未连接到本平台的网络：请在钱包中选择该网络后重试。",
  },
  4902: {
    en: "The wallet does not know the platform's network yet: add the network to the wallet first.",
    zh: "钱包中尚无本平台的网络：请先在钱包中添加该网络。",
  },
};
const BUSY: Sentence = {
  en: "The wallet still waits for an answer to an earlier question: open the wallet and answer it first.",
  zh: "钱包中还有未处理的请求：请先打开钱包处理。",
};

/** One sentence about what a wallet refused; undefined when it was not a wallet. */
export function walletRefusal(error: unknown): Sentence | undefined {
  const code = walletCodeOf(error);
  return code === "busy" ? BUSY : code === undefined ? undefined : WALLET_SENTENCES[code];
}

/** The wallet's code, however deep wallets and libraries put it; "busy" where an earlier question is open. */
export function walletCodeOf(error: unknown): number | "busy" | undefined {
  for (const part of partsOf(error)) {
    const { code, message } = part;
    // The name that ethers has for 4001.
    if (code === "ACTION_REJECTED") return 4001;
    if (typeof code === "number" && code in WALLET_SENTENCES) return code;
    if (/unrecognized chain id/i.test(String(message))) return 4902;
    if (code === -32002 && /already (pending|processing)/i.test(String(message))) return "busy";
    // Wallets on phones put what they mean into the data of an internal error.
    const inner = (part.data as { originalError?: unknown } | undefined)?.originalError;
    const found = inner === undefined ? undefined : walletCodeOf(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
