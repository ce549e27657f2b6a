import { bytesToHex, type Hex, hexToBytes } from "viem";

/** Bytes as WebCrypto takes them: never of memory that threads share. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A key of WebCrypto, by a name that Node and browsers share. */
export type SubtleKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export const bytesOf = (hex: Hex): Bytes => new Uint8Array(hexToBytes(hex));
export const hexOf = (bytes: Uint8Array): Hex => bytesToHex(bytes);

export function joinBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A whole number below 2^32 as four bytes, big-endian. */
export function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
