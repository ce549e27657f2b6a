/** What wallets show, and how a page finds them. */
export { type AnnouncedWallet, announcedWallets } from "./announcedWallets.ts";
export { clearSigning, type Descriptor, type ShownField, TYPES } from "./clearSigning.ts";
