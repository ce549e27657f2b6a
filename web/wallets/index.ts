/** Who acts here: the wallets of a browser, and as whom their accounts take part. */
export { type Config, useConfig } from "./config.ts";
export { PracticeBar } from "./PracticeBar.tsx";
export { type Standing, useStanding, wordsOfStanding } from "./standing.ts";
export { useSigner } from "./useSigner.ts";
export { WalletButton } from "./WalletButton.tsx";
export { useWallet, type Wallet } from "./wallet.ts";
