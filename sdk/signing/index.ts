/** How anything is signed by EIP-712 and checked; what is signed belongs to the rooms above. */
export { type EthersSigner, type ProviderSigner, type Signer, SignerError, signTypedData } from "./sign.ts";
export { marketDomain, type SignableData, typedDataJson } from "./typedData.ts";
export { isSigned, isSignedByKey } from "./verify.ts";
