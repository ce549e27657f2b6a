import type { Address, Hex } from "viem";
import { ask, type Operator, reach } from "../operator/client.ts";
import { requireSigner, type Signer, signTypedData } from "../signing/sign.ts";
import type { SealedDocument } from "./document.ts";
import type { DocumentPlace } from "./place.ts";
import type { Reader } from "./readers.ts";
import { type ReadingChallenge, readingTypedData } from "./session.ts";

/** Bytes of a part in which content is handed in. */
export const PART_BYTES = 1_048_576;

/** What a store has of a document. */
export interface StoredDocument {
  document: Hex;
  size: number;
  /** Parts of `PART_BYTES` that are still to come, from 0 on; empty once it is whole and compared with the chain. */
  missing: number[];
}

/** Signs a challenge of a store, so that it hands an account its documents for an hour. */
export async function openReadingSession(
  store: Operator,
  account: Address,
  place: DocumentPlace,
  signer: Signer,
): Promise<{ token: string; expiry: number }> {
  await requireSigner(signer, [account]);
  const body = JSON.stringify({ account: account.toLowerCase() });
  const challenge = await send<ReadingChallenge>(store, "POST", "/documents/challenges", body);
  const signature = await signTypedData(readingTypedData(challenge, place), signer);
  return send(store, "POST", "/documents/sessions", JSON.stringify({ ...challenge, signature }));
}

/** What a store has of a document that the session's account reads. */
export function readStored(store: Operator, document: Hex): Promise<StoredDocument> {
  return ask(store, `/documents/${document}`);
}

/**
 * Hands a document in, once it is anchored: parts that are missing, and all envelopes. What broke off goes on where it was, and any reader
 * mends a store that lost it.
 * @param note hears after each part what the store has
 */
export async function storeDocument(
  store: Operator,
  { id, ciphertext, envelopes }: Pick<SealedDocument, "id" | "ciphertext" | "envelopes">,
  note: (stored: StoredDocument) => void = () => {},
): Promise<StoredDocument> {
  let stored = await readStored(store, id);
  note(stored);
  for (const part of stored.missing) {
    const bytes = ciphertext.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
    stored = await send(store, "PUT", `/documents/${id}/parts/${part}`, bytes, "application/octet-stream");
    note(stored);
  }
  for (const { reader, envelope } of envelopes) await storeEnvelope(store, id, reader, envelope);
  return stored;
}

/** Hands in the envelope of a reader, as it is anchored. */
export async function storeEnvelope(store: Operator, document: Hex, reader: Reader, envelope: Hex): Promise<void> {
  await send(store, "PUT", `/documents/${document}/envelopes/${reader}`, JSON.stringify({ envelope }));
}

/** The envelope of the session's account. */
export async function fetchEnvelope(store: Operator, document: Hex): Promise<Hex> {
  return (await ask<{ envelope: Hex }>(store, `/documents/${document}/envelope`)).envelope;
}

/**
 * The ciphertext; `openDocument` compares it with the chain.
 * @param have what is there already, which is not fetched again
 * @param note hears what is there as it comes: after a break, hand that in as `have`
 * @throws what `fetch` throws where the connection breaks
 */
export async function fetchCiphertext(
  store: Operator,
  document: Hex,
  have: Blob = new Blob([]),
  note: (have: Blob) => void = () => {},
): Promise<Blob> {
  const headers = { range: `bytes=${have.size}-` };
  const answer = await reach(store, `/documents/${document}/content`, { headers });
  const reader = answer.body?.getReader();
  let all = have;
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    all = new Blob([all, next.value]);
    note(all);
  }
  return all;
}

function send<Answer>(
  store: Operator,
  method: string,
  path: string,
  body: NonNullable<RequestInit["body"]>,
  type = "application/json",
) {
  return ask<Answer>(store, path, { method, headers: { "content-type": type }, body });
}
