import type { Hex } from "viem";
import { type Bytes, bytesOf, joinBytes, type SubtleKey, uint32 } from "./bytes.ts";
import { DocumentError } from "./errors.ts";

/**
 * Content in chunks (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár over AES-256-GCM): each chunk is bound to its
 * place, to whether it is the last, and to the document's id. A file is therefore never held in memory twice, and none can be cut,
 * reordered or opened under another id.
 */

/** Bytes of a chunk before it is encrypted. */
export const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;

/** Bytes of the ciphertext of so many. */
export const sealedSize = (bytes: number): number => bytes + TAG_BYTES * Math.max(1, Math.ceil(bytes / CHUNK_BYTES));

/** The chunks of a ciphertext. */
export async function* sealChunks(plain: AsyncIterable<Bytes>, key: SubtleKey, id: Hex): AsyncGenerator<Bytes> {
  for await (const { chunk, place, isLast } of inChunks(plain, CHUNK_BYTES)) {
    yield new Uint8Array(await crypto.subtle.encrypt(parameters(id, place, isLast), key, chunk));
  }
}

/** What the chunks of a ciphertext say; throws where one is not of this document, at this place. */
export async function* openChunks(sealed: AsyncIterable<Bytes>, key: SubtleKey, id: Hex): AsyncGenerator<Bytes> {
  for await (const { chunk, place, isLast } of inChunks(sealed, SEALED_BYTES)) {
    try {
      yield new Uint8Array(await crypto.subtle.decrypt(parameters(id, place, isLast), key, chunk));
    } catch {
      throw new DocumentError({
        en: `Part ${place + 1} of the content does not open: it was changed, cut, moved or encrypted for another document than ${id}.`,
        zh: `内容第 ${place + 1} 段无法解密：它被改动、截断、移位，或属于 ${id} 以外的文件。`,
      });
    }
  }
}

/** Seven zero bytes, the chunk's place, and whether it is the last: the key serves one document, so no nonce comes twice. */
function parameters(id: Hex, place: number, isLast: boolean) {
  const iv = joinBytes(new Uint8Array(7), uint32(place), new Uint8Array([isLast ? 1 : 0]));
  return { name: "AES-GCM", iv, additionalData: bytesOf(id) };
}

/** Bytes as they come, cut to the same length; the last is what remains, and there is always one. */
async function* inChunks(bytes: AsyncIterable<Bytes>, length: number) {
  let place = 0;
  let rest: Bytes = new Uint8Array();
  for await (const part of bytes) {
    rest = rest.length === 0 ? part : joinBytes(rest, part);
    let from = 0;
    for (; rest.length - from > length; from += length) {
      yield { chunk: rest.slice(from, from + length), place: place++, isLast: false };
    }
    rest = rest.subarray(from);
  }
  yield { chunk: rest.slice(), place, isLast: true };
}
