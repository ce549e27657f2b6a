import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Hex } from "viem";
import { DOCUMENT_KINDS, type DocumentKind } from "../records/enums.ts";
import { type Bytes, hexOf, joinBytes, uint32 } from "./bytes.ts";
import { sealChunks } from "./content.ts";
import { cipherKeyOf, commitmentOf, createContentKey } from "./contentKey.ts";
import { envelopeHash, type SealedEnvelope, wrap } from "./envelope.ts";
import { DocumentError } from "./errors.ts";
import type { ReaderPoint } from "./keys.ts";
import { type DocumentPlace, documentId } from "./place.ts";
import type { Reader } from "./readers.ts";
import type { Subject } from "./subject.ts";

/** Most bytes of a file. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024;

/** A reader with its key in force. */
export interface KeyedReader {
  reader: Reader;
  key: number;
  point: ReaderPoint;
}

/** What is sealed. */
export interface DocumentInput {
  file: Blob;
  /** As its readers see it; encrypted with the file. */
  name: string;
  /** Media type; that of the file unless given. */
  type?: string;
  owner: Reader;
  kind: Exclude<DocumentKind, "None">;
  subject?: Subject;
  /** The version that it replaces. */
  predecessor?: Hex;
  /** Everybody who reads it, among them the owner and the auditor in charge. */
  readers: readonly KeyedReader[];
}

/** A document as it is anchored and stored. */
export interface SealedDocument {
  id: Hex;
  owner: Reader;
  kind: DocumentKind;
  subject?: Subject;
  predecessor?: Hex;
  size: number;
  ciphertextHash: Hex;
  commitment: Hex;
  ciphertext: Blob;
  envelopes: SealedEnvelope[];
}

/** What stands before the file, as bytes. */
export interface Head {
  name: string;
  type: string;
  size: number;
}

/** Encrypts a file for its readers. Nothing of it can be read afterwards without one of their keys. */
export async function sealDocument(place: DocumentPlace, input: DocumentInput): Promise<SealedDocument> {
  const { file, name, owner, kind, subject, predecessor, readers } = input;
  if (file.size === 0 || file.size > MOST_FILE_BYTES) {
    throw new DocumentError({
      en: `The file has ${file.size} bytes: a document has between 1 and ${MOST_FILE_BYTES} (20 MB); divide it.`,
      zh: `文件为 ${file.size} 字节：文件须为 1 至 ${MOST_FILE_BYTES} 字节（20 MB），请拆分。`,
    });
  }
  if (!readers.some(({ reader }) => reader === owner)) {
    throw new DocumentError({
      en: `The owner, ${owner}, is not among the readers: add it.`,
      zh: `所有者 ${owner} 不在读者之列：请加入。`,
    });
  }
  if (!DOCUMENT_KINDS.includes(kind)) {
    throw new DocumentError({
      en: `"${kind}" is no kind of document: choose one of ${DOCUMENT_KINDS.slice(1).join(", ")}.`,
      zh: `“${kind}”不是文件类型：请选择 ${DOCUMENT_KINDS.slice(1).join("、")} 之一。`,
    });
  }
  const contentKey = createContentKey();
  const head = encodeHead({ name, type: input.type ?? file.type, size: file.size });
  const { commitment } = await commitmentOf(contentKey, head, await hashOf(file));
  const id = documentId(place, owner, commitment);
  const hash = keccak_256.create();
  const parts: Bytes[] = [];
  for await (const chunk of sealChunks(framed(head, file), await cipherKeyOf(contentKey), id)) {
    hash.update(chunk);
    parts.push(chunk);
  }
  const ciphertext = new Blob(parts);
  const envelopes = await wrapFor(contentKey, id, readers);
  return {
    ...{ id, owner, kind, commitment, ciphertext, envelopes, size: ciphertext.size },
    ...{ ciphertextHash: hexOf(hash.digest()), ...(subject && { subject }), ...(predecessor && { predecessor }) },
  };
}

/** Envelopes of a document for readers: those it begins with, who is added later, or whose key was replaced. */
export function wrapFor(contentKey: Bytes, document: Hex, readers: readonly KeyedReader[]): Promise<SealedEnvelope[]> {
  return Promise.all(readers.map(({ reader, key, point }) => wrap(contentKey, { document, reader, key }, point)));
}

/** An envelope as the registry takes it. */
export const anchored = ({ reader, key, envelope }: SealedEnvelope) => ({
  reader,
  key,
  envelopeHash: envelopeHash(envelope),
});

/** keccak256 of a file, without holding it in memory. */
export async function hashOf(file: Blob): Promise<Hex> {
  const hash = keccak_256.create();
  for await (const part of readBlob(file)) hash.update(part);
  return hexOf(hash.digest());
}

/** The bytes of a file as they come. */
export async function* readBlob(file: Blob): AsyncGenerator<Bytes> {
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

/** Head, file, and zeros up to a length that many files share. */
async function* framed(head: Bytes, file: Blob): AsyncGenerator<Bytes> {
  yield joinBytes(uint32(head.length), head);
  yield* readBlob(file);
  const length = 4 + head.length + file.size;
  yield new Uint8Array(padded(length) - length);
}

/** Padmé: at most 12 % more, and the length of a ciphertext says less of a file than its own would. */
function padded(length: number): number {
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const unit = 2 ** Math.max(0, exponent - kept);
  return Math.ceil(length / unit) * unit;
}

const encodeHead = (head: Head): Bytes => joinBytes(new TextEncoder().encode(JSON.stringify(head)));
