/** What wallets show, and how a page finds them. */
export { type AnnouncedWallet, announcedWallets } from "./announcedWallets.ts";
export { type CallDescriptor, clearCalls } from "./clearCalls.ts";
export { clearSigning, type Descriptor, TYPES } from "./clearSigning.ts";
export {
  ensureNetwork,
  type NetworkPanel,
  networkPanel,
  type WalletProvider,
  WrongNetwork,
} from "./ensureNetwork.ts";
export type { ShownField } from "./shownField.ts";
export {
  type DescribedCall,
  describeCall,
  readTransaction,
  type SaidEvent,
  sentenceOfEvent,
  type TransactionStory,
} from "./transaction.ts";
export { walletCodeOf, walletRefusal } from "./walletRefusal.ts";
