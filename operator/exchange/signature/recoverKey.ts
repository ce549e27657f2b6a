import secp256k1 from "secp256k1";
import { type Address, bytesToHex, type Hex } from "viem";
import { bytesOf } from "./bytesOf.ts";
import { keccak } from "./keccak.ts";

/** 65 bytes: r, s and v, which is 27 or 28. */
const SIGNATURE = /^0x[0-9a-fA-F]{128}1[bBcC]$/;
/** Half of the order of secp256k1: above it the same signature could be written a second way. */
const HIGHEST_S = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";

/**
 * The account, in small letters, whose key made a signature, by the native library: none if the signature is not in the one form that the
 * escrow takes, which is what `isSignedByKey` of the sdk asks for.
 */
export function recoverKey(digest: Hex, signature: Hex): Address | undefined {
  if (!SIGNATURE.test(signature) || signature.slice(66, 130).toLowerCase() > HIGHEST_S) return undefined;
  const bytes = bytesOf(signature);
  try {
    const key = secp256k1.ecdsaRecover(bytes.subarray(0, 64), bytes[64]! - 27, bytesOf(digest), false);
    return bytesToHex(keccak(key.subarray(1)).subarray(12));
  } catch {
    // No point of the curve has this r, or r or s is none.
    return undefined;
  }
}
