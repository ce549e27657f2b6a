import type { Hex } from "viem";

/** The bytes of hexadecimal digits that were checked before, natively: an order has several such fields. */
export function bytesOf(hex: Hex): Uint8Array {
  return Buffer.from(hex.slice(2), "hex");
}
