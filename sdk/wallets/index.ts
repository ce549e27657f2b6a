/** What wallets show, and how a page finds them. */
export { type AnnouncedWallet, announcedWallets } from "./announcedWallets.ts";
export { type CallDescriptor, clearCalls } from "./clearCalls.ts";
export { clearSigning, type Descriptor, TYPES } from "./clearSigning.ts";
export type { ShownField } from "./shownField.ts";
