import { type Hex, hexToBigInt, numberToHex, slice } from "viem";

/** The second way of writing the same signature. */
export function highS(signature: Hex): Hex {
  const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const s = numberToHex(n - hexToBigInt(slice(signature, 32, 64)), { size: 32 });
  const v = signature.endsWith("1b") ? "1c" : "1b";
  return `${slice(signature, 0, 32)}${s.slice(2)}${v}`;
}
