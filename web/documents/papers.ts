/** Sealing, opening, anchoring and handing in; loaded when somebody does one of them. */
import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { draftingDesk, receivables } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { type DocumentInput, sealDocument, wrapFor } from "../../sdk/documents/document.ts";
import { isNamedBy, type OpenedDocument, openDocument } from "../../sdk/documents/open.ts";
import { documentPlaceOf } from "../../sdk/documents/place.ts";
import type { Reader } from "../../sdk/documents/readers.ts";
import {
  type AnchoredDocument,
  addReaders,
  anchorDocument,
  isAnchoredEnvelope,
  readAllReaders,
  readAuditor,
  readDocument,
  readEnvelope,
  readKeyedReaders,
  readReaderKey,
  readReaders,
  removeReader,
  rewrapReader,
} from "../../sdk/documents/registry.ts";
import {
  fetchCiphertext,
  fetchEnvelope,
  openReadingSession,
  readStored,
  type StoredDocument,
  storeDocument,
} from "../../sdk/documents/store.ts";
import type { Operator } from "../../sdk/operator/ask.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { copyOf, type KeptCopy, keepCopy } from "./kept.ts";
import { keyOfNumber, type Myself } from "./keyring.ts";

export { PART_BYTES } from "../../sdk/documents/store.ts";
export { anchorDocument, documentPlaceOf, openReadingSession, removeReader };

/** A reader of a document, as the chain has it now. */
export interface ReaderNow {
  reader: Reader;
  /** Number of the key that its envelope is for. */
  key: number;
  /** Its key in force is another one: it needs a new envelope. */
  isReplaced: boolean;
  /** Owner and auditor are never removed. */
  stays: boolean;
}

export interface DocumentNow {
  document: AnchoredDocument;
  readers: ReaderNow[];
}

/** A document and its readers, by the chain alone; null where none is anchored. */
export async function readNow(platform: Platform, id: Hex): Promise<DocumentNow | null> {
  const document = await readDocument(platform, id);
  if (document === undefined) return null;
  const [found, auditor] = await Promise.all([readReaders(platform, id), readAuditor(platform)]);
  const readers = await Promise.all(
    found.map(async (reader) => {
      const [envelope, latest] = await Promise.all([
        readEnvelope(platform, id, reader),
        readReaderKey(platform, reader),
      ]);
      const key = envelope?.key ?? 0;
      const isReplaced = latest.inForce && latest.number !== key;
      return { reader, key, isReplaced, stays: reader === document.owner || reader === auditor };
    }),
  );
  return { document, readers };
}

/** Seals a file for its readers, and keeps it here until the operator has it. */
export async function seal(
  platform: Platform,
  input: Omit<DocumentInput, "readers">,
  named: readonly Reader[],
): Promise<Hex> {
  const readers = await readAllReaders(platform, input.owner, named);
  const sealed = await sealDocument(documentPlaceOf(platform), { ...input, readers });
  const { id, ciphertext, envelopes } = sealed;
  await keepCopy({ id, ciphertext, envelopes, sealed, isHandedIn: false });
  return id;
}

/** Hands in what the operator misses of a document, with the envelopes that are in force. */
export async function handIn(
  platform: Platform,
  store: Operator,
  copy: KeptCopy,
  note: (stored: StoredDocument) => void,
): Promise<void> {
  const current = await Promise.all(
    copy.envelopes.map(({ reader, envelope }) => isAnchoredEnvelope(platform, copy.id, reader, envelope)),
  );
  const envelopes = copy.envelopes.filter((_, at) => current[at]);
  await storeDocument(store, { ...copy, envelopes }, note);
  await keepCopy({ ...copy, envelopes, isHandedIn: true });
}

/** Fetches a document, or takes the copy that is here, opens it, and compares everything with the chain. */
export async function open(
  platform: Platform,
  store: Operator,
  { me, id, note }: { me: Myself; id: Hex; note: (bytes: number) => void },
): Promise<OpenedDocument> {
  const [document, anchored, copy] = await Promise.all([
    readDocument(platform, id),
    readEnvelope(platform, id, me.reader),
    copyOf(id),
  ]);
  if (document === undefined || anchored === undefined) throw NO_READER;
  const key = await keyOfNumber(platform, me, anchored.key);
  const own = copy?.envelopes.find((each) => each.reader === me.reader && each.key === anchored.key);
  const envelope = own?.envelope ?? (await fetchEnvelope(store, id));
  const ciphertext = copy?.ciphertext ?? (await fetchOnwards(store, document, note));
  const input = { document, reader: me.reader, anchored, envelope, ciphertext, key };
  const opened = await openDocument(documentPlaceOf(platform), input);
  const mine = { reader: me.reader, key: anchored.key, envelope };
  if (copy === undefined) await keepCopy({ id, ciphertext, envelopes: [mine], isHandedIn: true });
  else if (copy.isHandedIn && (await readStored(store, id)).missing.length > 0)
    // The store lost some of it, which this copy mends.
    await keepCopy({ ...copy, isHandedIn: false });
  return opened;
}

/** What came of ciphertexts whose fetch broke off: it is not fetched again. */
const begun = new Map<Hex, Blob>();

async function fetchOnwards(
  store: Operator,
  { id, size }: Pick<AnchoredDocument, "id" | "size">,
  note: (bytes: number) => void,
): Promise<Blob> {
  const fetched = await fetchCiphertext(store, id, begun.get(id), (have) => {
    begun.set(id, have);
    note(have.size);
  }).catch((error: unknown) => {
    if (error instanceof DujiangError) throw error;
  });
  if (fetched === undefined || fetched.size < size) throw BROKE_OFF;
  begun.delete(id);
  return fetched;
}

const BROKE_OFF = new DujiangError({
  en: "The connection broke off before all of it was here: open it again, and it goes on from there.",
  zh: "连接中断，内容尚未全部到达：请再次打开，将从中断处继续。",
});

/** The call that lets a reader in or gives it an envelope for its new key; the envelope is kept until the operator has it. */
export async function wrapAgain(
  platform: Platform,
  { id, contentKey }: OpenedDocument,
  reader: Reader,
  how: "add" | "rewrap",
) {
  const [envelope] = await wrapFor(contentKey, id, await readKeyedReaders(platform, [reader]));
  const copy = await copyOf(id);
  if (copy !== undefined && envelope !== undefined) {
    const others = copy.envelopes.filter((each) => each.reader !== reader || each.key !== envelope.key);
    await keepCopy({ ...copy, envelopes: [...others, envelope], isHandedIn: false });
  }
  return how === "add" ? addReaders(platform, id, [envelope!]) : rewrapReader(platform, id, envelope!);
}

/** Whether an opened file is the one that the chain names where this document says it belongs; undefined where nothing names one. */
export async function isFileOfSubject(
  platform: Platform,
  { subject }: AnchoredDocument,
  opened: OpenedDocument,
): Promise<boolean | undefined> {
  if (subject?.kind === "Draft") {
    const call = { ...contractAt(platform, draftingDesk), functionName: "draftOf", args: [subject.id] } as const;
    return isNamedBy(opened, (await readContract(platform.client, call)).invoice.fileHash);
  }
  if (subject?.kind === "Receivable") {
    const call = { ...contractAt(platform, receivables), functionName: "receivable", args: [subject.id] } as const;
    const { invoiceHash } = await readContract(platform.client, call);
    return BigInt(invoiceHash) === 0n ? undefined : isNamedBy(opened, invoiceHash);
  }
  return undefined;
}

const NO_READER = new DujiangError({
  en: "You are not among the readers of this document: ask its owner to add you.",
  zh: "您不是该文件的读者：请所有者将您加入。",
});
