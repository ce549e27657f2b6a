/** Who acts here: the wallets of a browser, and as whom their accounts take part. */
export { type Config, useConfig } from "./config.ts";
export { Mine } from "./Mine.tsx";
export { PracticeBar } from "./PracticeBar.tsx";
export { practiceReadingKey } from "./practiceReadingKey.ts";
export { Send } from "./Send.tsx";
export type { Call } from "./sending.ts";
export { type Standing, useStanding, wordsOfStanding } from "./standing.ts";
export { useParticipant } from "./useParticipant.ts";
export { useHolds, useRoles } from "./useRoles.ts";
export { type MakeCall, type Sending, useSending } from "./useSending.ts";
export { useSigner } from "./useSigner.ts";
export { WalletButton } from "./WalletButton.tsx";
export { useWallet, type Wallet } from "./wallet.ts";
