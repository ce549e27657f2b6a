import type { Hex } from "viem";
import type { SealedDocument } from "../../sdk/documents/document.ts";
import type { ReaderKeyPair } from "../../sdk/documents/keys.ts";
import { DujiangError } from "../../sdk/types/errors.ts";

/** A reading key as this browser keeps it: as an object of which no program gets the private half. */
export interface KeptKey extends ReaderKeyPair {
  /** The point's first coordinate, by which it is found. */
  x: Hex;
  y: Hex;
  /** Chain and registry, and whose it is: one browser may serve several. */
  place: string;
  reader: string;
  /** When it came here: the latest is the one that registrars are asked to enrol. */
  since: number;
}

/** Ciphertext and envelopes of a document: of one that was sealed here, or that was opened here. They say nothing without a key. */
export interface KeptCopy extends Pick<SealedDocument, "id" | "ciphertext" | "envelopes"> {
  /** What anchors it, for one that was sealed here. */
  sealed?: SealedDocument;
  /** Whether the operator has everything of it. */
  isHandedIn: boolean;
}

interface Kept {
  keys: KeptKey;
  copies: KeptCopy;
}

const NAME = "dujiang-documents";
let opening: Promise<IDBDatabase> | undefined;

export const keepKey = (key: KeptKey): Promise<unknown> => run("keys", "readwrite", (store) => store.put(key));
export const keepCopy = (copy: KeptCopy): Promise<unknown> => run("copies", "readwrite", (store) => store.put(copy));

/** The keys of a reader that are here, those that were replaced included: they open what was sealed for them. */
export async function keysOf(place: string, reader: string): Promise<KeptKey[]> {
  const all = await run<KeptKey[]>("keys", "readonly", (store) => store.getAll());
  const own = all.filter((key) => key.place === place && key.reader === reader);
  return own.sort((one, other) => one.since - other.since);
}

export const copyOf = (id: Hex): Promise<KeptCopy | undefined> => run("copies", "readonly", (store) => store.get(id));

/** What was sealed here and is not finished. */
export async function unfinishedCopies(): Promise<KeptCopy[]> {
  const all = await run<KeptCopy[]>("copies", "readonly", (store) => store.getAll());
  return all.filter(({ isHandedIn }) => !isHandedIn);
}

export const forgetCopy = (id: Hex): Promise<unknown> => run("copies", "readwrite", (store) => store.delete(id));

async function run<Answer>(
  name: keyof Kept,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<Answer> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result as Answer);
    transaction.onabort = () => reject(NOT_KEPT);
  });
}

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys" satisfies keyof Kept, { keyPath: "x" });
      request.result.createObjectStore("copies" satisfies keyof Kept, { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(NOT_KEPT);
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

const NOT_KEPT = new DujiangError({
  en: "This browser keeps nothing for this page: free some space, leave the private window, or allow the page to store data, and try again.",
  zh: "此浏览器未能为本页面保存数据：请清理空间、退出无痕窗口或允许本页面存储数据后重试。",
});
