import { type Hex, keccak256 } from "viem";
import { type Bytes, joinBytes } from "./bytes.ts";
import { openChunks } from "./content.ts";
import { cipherKeyOf, commitmentOf } from "./contentKey.ts";
import { type Head, hashOf, readBlob } from "./document.ts";
import { envelopeHash, unwrap } from "./envelope.ts";
import { DocumentError } from "./errors.ts";
import type { ReaderKeyPair } from "./keys.ts";
import { type DocumentPlace, documentId } from "./place.ts";
import type { Reader } from "./readers.ts";
import type { AnchoredDocument } from "./registry.ts";

/** What a reader opens with. */
export interface OpeningInput {
  /** As the chain keeps it, see `readDocument`. */
  document: AnchoredDocument;
  reader: Reader;
  /** Number of the key, and hash of the envelope, that the chain keeps of this reader. */
  anchored: { key: number; envelopeHash: Hex };
  envelope: Hex;
  ciphertext: Blob;
  /** The reader's own key. */
  key: ReaderKeyPair;
}

/** A document that was opened, and is what was anchored. */
export interface OpenedDocument {
  id: Hex;
  name: string;
  type: string;
  file: Blob;
  /** keccak256 of the file: what `Invoice.fileHash` holds. */
  fileHash: Hex;
  /** With the file, lets anybody whom they are given compare it with the chain; see `commit`. */
  salt: Hex;
  headHash: Hex;
  /** For wrapping it for others; who has it reads this document, and no other. */
  contentKey: Bytes;
}

/**
 * Opens a document and compares everything with what is anchored: store, node and sender are believed in nothing. Throws a sentence for
 * what was cut, swapped, replayed under another id or chain, or wrapped for somebody else.
 */
export async function openDocument(place: DocumentPlace, input: OpeningInput): Promise<OpenedDocument> {
  const { document, reader, anchored, envelope, ciphertext, key } = input;
  const { id, owner, commitment } = document;
  if (documentId(place, owner, commitment) !== id) {
    throw new DocumentError({
      en: `Document ${id} is not of this registry on chain ${place.chainId}: its id belongs to another chain, registry, owner or content.`,
      zh: `文件 ${id} 不属于链 ${place.chainId} 上的本登记处：其编号对应其他链、登记处、所有者或内容。`,
    });
  }
  if (ciphertext.size !== document.size) {
    throw new DocumentError({
      en: `The content has ${ciphertext.size} of ${document.size} bytes: it was cut or is another one; fetch it again, or from another reader.`,
      zh: `内容为 ${ciphertext.size} 字节，应为 ${document.size} 字节：被截断或不是该文件，请重新获取，或向其他读者索取。`,
    });
  }
  const hash = await hashOf(ciphertext);
  if (hash !== document.ciphertextHash) {
    throw new DocumentError({
      en: `The content is not what was anchored: its hash is ${hash} instead of ${document.ciphertextHash}; fetch it from another reader.`,
      zh: `内容与登记的不一致：其哈希为 ${hash}，应为 ${document.ciphertextHash}；请向其他读者索取。`,
    });
  }
  if (envelopeHash(envelope) !== anchored.envelopeHash) {
    throw new DocumentError({
      en: `The envelope is not the one that was anchored for reader ${reader}: fetch it again.`,
      zh: `信封与为读者 ${reader} 登记的不一致：请重新获取。`,
    });
  }
  const contentKey = await unwrap(envelope, { document: id, reader, key: anchored.key }, key);
  const parts: Bytes[] = [];
  for await (const part of openChunks(readBlob(ciphertext), await cipherKeyOf(contentKey), id)) parts.push(part);
  const { head, headBytes, file } = unframe(new Blob(parts), await headOf(parts));
  const fileHash = await hashOf(file);
  const { salt, commitment: computed } = await commitmentOf(contentKey, headBytes, fileHash);
  if (computed !== commitment) throw NOT_COMMITTED;
  return {
    ...{ id, name: head.name, type: head.type, file: file.slice(0, file.size, head.type) },
    ...{ fileHash, salt, headHash: keccak256(headBytes), contentKey },
  };
}

/** Whether a hash field of another room, such as `credentialHash` or `Invoice.fileHash`, names this document. */
export function isNamedBy({ id, fileHash }: Pick<OpenedDocument, "id" | "fileHash">, field: Hex): boolean {
  return [id, fileHash].includes(field.toLowerCase() as Hex);
}

const LENGTH_BYTES = 4;

/** The head lies in the first chunk, unless somebody sealed nonsense. */
async function headOf(parts: readonly Bytes[]): Promise<{ head: Head; headBytes: Bytes }> {
  const first = parts[0] ?? new Uint8Array();
  if (first.length < LENGTH_BYTES) throw NOT_COMMITTED;
  const length = new DataView(first.buffer, first.byteOffset).getUint32(0);
  const headBytes = joinBytes(first.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  if (headBytes.length !== length) throw NOT_COMMITTED;
  try {
    const { name, type, size } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(headBytes));
    return { head: { name: String(name), type: String(type), size: Number(size) }, headBytes };
  } catch {
    throw NOT_COMMITTED;
  }
}

function unframe(framed: Blob, { head, headBytes }: { head: Head; headBytes: Bytes }) {
  const from = LENGTH_BYTES + headBytes.length;
  if (!Number.isSafeInteger(head.size) || head.size < 0 || from + head.size > framed.size) throw NOT_COMMITTED;
  return { head, headBytes, file: framed.slice(from, from + head.size) };
}

const NOT_COMMITTED = new DocumentError({
  en: "The content opens, but is not what its owner committed to: the owner sealed something else for you than for others. Show this to the auditor.",
  zh: "内容可以打开，但与所有者的承诺不符：所有者为您封装的内容与他人的不同。请告知审计方。",
});
