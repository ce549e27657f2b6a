import { concat, type Hex, keccak256 } from "viem";
import { type Bytes, hexOf, joinBytes, type SubtleKey } from "./bytes.ts";

const KEY_BYTES = 32;
const encode = (text: string) => new TextEncoder().encode(text);

/** A key for one document, of which everything else follows. */
export const createContentKey = (): Bytes => crypto.getRandomValues(new Uint8Array(KEY_BYTES));

/** The key that content is encrypted under. */
export async function cipherKeyOf(contentKey: Bytes): Promise<SubtleKey> {
  const bytes = await derive(contentKey, "dujiang document content");
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * What a document commits to: salt, head and file. Without the salt nobody can try out what a file says; whom it was given, with the
 * file, can compare both with the chain.
 */
export async function commitmentOf(
  contentKey: Bytes,
  head: Bytes,
  fileHash: Hex,
): Promise<{ salt: Hex; commitment: Hex }> {
  const salt = await derive(contentKey, "dujiang document salt");
  return { salt: hexOf(salt), commitment: commit(hexOf(salt), keccak256(head), fileHash) };
}

/** The commitment to a file whose salt was disclosed. */
export function commit(salt: Hex, headHash: Hex, fileHash: Hex): Hex {
  return keccak256(concat([salt, headHash, fileHash]));
}

async function derive(contentKey: Bytes, purpose: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", contentKey, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: joinBytes(encode(purpose)) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, KEY_BYTES * 8));
}
