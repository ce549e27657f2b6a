import { type Address, type Hex, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { documentRegistry } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { eventsOf } from "../chain/logs.ts";
import { DOCUMENT_KINDS, type DocumentKind } from "../records/enums.ts";
import { nameOf } from "../types/words.ts";
import { anchored, type KeyedReader, type SealedDocument } from "./document.ts";
import { envelopeHash, type SealedEnvelope } from "./envelope.ts";
import { DocumentError } from "./errors.ts";
import type { ReaderPoint } from "./keys.ts";
import { type Reader, readerId, readerOf } from "./readers.ts";
import { type Subject, subjectNumbers, subjectOf } from "./subject.ts";

/** A document as the chain keeps it. */
export interface AnchoredDocument {
  id: Hex;
  owner: Reader;
  kind: DocumentKind;
  subject: Subject | undefined;
  size: number;
  /** Unix second. */
  anchoredAt: number;
  ciphertextHash: Hex;
  commitment: Hex;
  /** The document that took its place; undefined while it is the latest. */
  successor: Hex | undefined;
}

/** A reader's latest key. */
export interface EnrolledKey {
  /** 0 if there was none. */
  number: number;
  inForce: boolean;
  point: ReaderPoint;
}

const registryOf = (platform: Platform) => contractAt(platform, documentRegistry);

// ---- keys

/** The call by which a registrar proposes a reader's key. */
export function proposeReaderKey(platform: Platform, reader: Reader, { x, y }: ReaderPoint) {
  return { ...registryOf(platform), functionName: "proposeKey" as const, args: [readerId(reader), x, y] as const };
}

/** The call by which a second registrar approves a key, once its fingerprint was compared with its holder. */
export function approveReaderKey(platform: Platform, reader: Reader, { x, y }: ReaderPoint) {
  return { ...registryOf(platform), functionName: "approveKey" as const, args: [readerId(reader), x, y] as const };
}

/** The call by which a second registrar rejects a key. */
export function rejectReaderKey(platform: Platform, reader: Reader) {
  return { ...registryOf(platform), functionName: "rejectKey" as const, args: [readerId(reader)] as const };
}

/** The call by which its holder ends a key that was lost or seen by others. */
export function retireReaderKey(platform: Platform) {
  return { ...registryOf(platform), functionName: "retireKey" as const, args: [] as const };
}

/** The call by which compliance ends a reader's key. */
export function revokeReaderKey(platform: Platform, reader: Reader, reason: Hex) {
  return { ...registryOf(platform), functionName: "revokeKey" as const, args: [readerId(reader), reason] as const };
}

/** The call by which the council names who reads every document from then on. */
export function nameAuditor(platform: Platform, reader: Reader) {
  return { ...registryOf(platform), functionName: "setAuditor" as const, args: [readerId(reader)] as const };
}

/** The latest key of a reader. */
export async function readReaderKey(platform: Platform, reader: Reader): Promise<EnrolledKey> {
  const call = { ...registryOf(platform), functionName: "keyOf", args: [readerId(reader)] } as const;
  const { number, inForce, x, y } = await readContract(platform.client, call);
  return { number, inForce, point: { x, y } };
}

/** Readers with the keys that documents are wrapped for; throws where one has none in force. */
export async function readKeyedReaders(platform: Platform, readers: readonly Reader[]): Promise<KeyedReader[]> {
  return Promise.all(
    readers.map(async (reader) => {
      const { number: key, inForce, point } = await readReaderKey(platform, reader);
      if (!inForce) {
        throw new DocumentError({
          en: `Reader ${reader} has no reading key in force: two registrars enrol one first.`,
          zh: `读者 ${reader} 没有有效的阅读密钥：请先由两名注册员登记。`,
        });
      }
      return { reader, key, point };
    }),
  );
}

/** Everybody for whom a document of this owner is sealed, with their keys: the owner, the auditor in charge, and those it names. */
export async function readAllReaders(
  platform: Platform,
  owner: Reader,
  named: readonly Reader[],
): Promise<KeyedReader[]> {
  const auditor = await readAuditor(platform);
  if (auditor === undefined) {
    throw new DocumentError({
      en: "No auditor is named yet, and nothing is anchored before: the council names one.",
      zh: "尚未指定审计方，文件不能登记：请由理事会先行指定。",
    });
  }
  return readKeyedReaders(platform, [...new Set([owner, auditor, ...named])]);
}

/** As whom an account reads: the participant that it acts for, otherwise itself; undefined for an account that was replaced. */
export async function readReaderOf(platform: Platform, account: Address): Promise<Reader | undefined> {
  const call = { ...registryOf(platform), functionName: "readerOf", args: [account] } as const;
  const id = await readContract(platform.client, call);
  return id === 0n ? undefined : readerOf(id);
}

/** Who reads every document that is anchored now; undefined until the council names one. */
export async function readAuditor(platform: Platform): Promise<Reader | undefined> {
  const id = await readContract(platform.client, { ...registryOf(platform), functionName: "auditor" });
  return id === 0n ? undefined : readerOf(id);
}

// ---- documents

/** The call by which its owner anchors a document. */
export function anchorDocument(platform: Platform, document: SealedDocument) {
  const { kind, subject, size, ciphertextHash, commitment, predecessor = zeroHash, envelopes } = document;
  const kept = { kind: DOCUMENT_KINDS.indexOf(kind), ...subjectNumbers(subject), size };
  const hashes = { ciphertextHash, commitment, predecessor };
  return {
    ...registryOf(platform),
    functionName: "anchor" as const,
    args: [{ ...kept, ...hashes }, envelopes.map(numbersOf)] as const,
  };
}

/** The call by which a document's owner adds readers. */
export function addReaders(platform: Platform, document: Hex, envelopes: readonly SealedEnvelope[]) {
  const args = [document, envelopes.map(numbersOf)] as const;
  return { ...registryOf(platform), functionName: "addReaders" as const, args };
}

/** The call by which a reader is given an envelope for the key that replaced its own. */
export function rewrapReader(platform: Platform, document: Hex, envelope: SealedEnvelope) {
  return { ...registryOf(platform), functionName: "rewrap" as const, args: [document, numbersOf(envelope)] as const };
}

/** The call by which a document's owner ends that a reader is handed it. What was read stays read. */
export function removeReader(platform: Platform, document: Hex, reader: Reader) {
  return {
    ...registryOf(platform),
    functionName: "removeReader" as const,
    args: [document, readerId(reader)] as const,
  };
}

/** A document as the chain keeps it; undefined if none is anchored under this id. */
export async function readDocument(platform: Platform, id: Hex): Promise<AnchoredDocument | undefined> {
  const kept = await readContract(platform.client, {
    ...registryOf(platform),
    ...{ functionName: "documentOf", args: [id] },
  } as const);
  if (kept.anchoredAt === 0) return undefined;
  const { size, anchoredAt, ciphertextHash, commitment } = kept;
  return {
    ...{ id, owner: readerOf(kept.owner), kind: nameOf(DOCUMENT_KINDS, kept.kind), subject: subjectOf(kept) },
    ...{ size, anchoredAt, ciphertextHash, commitment },
    successor: kept.successor === zeroHash ? undefined : kept.successor,
  };
}

/** What the chain keeps of a reader's envelope; undefined for who is no reader. */
export async function readEnvelope(platform: Platform, document: Hex, reader: Reader) {
  const call = { ...registryOf(platform), functionName: "envelopeOf", args: [document, readerId(reader)] } as const;
  const [key, hash] = await readContract(platform.client, call);
  return key === 0 ? undefined : { key, envelopeHash: hash };
}

/** Who reads a document now, from the logs. */
export async function readReaders(platform: Platform, id: Hex): Promise<Reader[]> {
  const events = await eventsOf(platform, documentRegistry, ["ReaderAdded", "ReaderRemoved"], { id });
  const readers = new Set<bigint>();
  for (const { eventName, args } of events) {
    if (eventName === "ReaderAdded") readers.add(args.reader);
    else readers.delete(args.reader);
  }
  return [...readers].map(readerOf);
}

/** Whether bytes are the envelope that the chain keeps for a reader. */
export async function isAnchoredEnvelope(platform: Platform, document: Hex, reader: Reader, envelope: Hex) {
  return (await readEnvelope(platform, document, reader))?.envelopeHash === envelopeHash(envelope);
}

function numbersOf(envelope: SealedEnvelope) {
  const { reader, ...kept } = anchored(envelope);
  return { reader: readerId(reader), ...kept };
}
