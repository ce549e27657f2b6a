import { keccak_256 } from "@noble/hashes/sha3.js";
import { and, eq, sql } from "drizzle-orm";
import type { Hex } from "viem";
import { toHex } from "viem";
import { PART_BYTES } from "../../sdk/documents/store.ts";
import type { Database } from "../db/database.ts";
import type { Shelf } from "./shelf.ts";
import { documentContents, documentEnvelopes, documentParts } from "./tables.ts";

/** A ciphertext as the chain names it. */
export interface Content {
  hash: Hex;
  size: number;
}

/** What came of handing in a part. */
export type Taken = "taken" | "known" | "completed" | "notAnchored";

/** Keeps ciphertexts and envelopes; it can read neither. */
export class DocumentStore {
  readonly #db: Database;
  readonly #shelf: Shelf;

  constructor(db: Database, shelf: Shelf) {
    this.#db = db;
    this.#shelf = shelf;
  }

  /** Parts that are still to come; none once the whole was compared with the chain. A part that was lost is missing again. */
  async missing({ hash, size }: Content): Promise<number[]> {
    const rows = await this.#db
      .select({ part: documentParts.part })
      .from(documentParts)
      .where(eq(documentParts.hash, hash));
    const known = new Set(rows.map(({ part }) => part));
    return Array.from({ length: partsOf(size) }, (_, part) => part).filter((part) => !known.has(part));
  }

  /** Takes a part. The last to come completes the whole, which is dropped where it is not what was anchored. */
  async take(content: Content, part: number, bytes: Uint8Array): Promise<Taken> {
    const { hash, size } = content;
    if (!(await this.missing(content)).includes(part)) return "known";
    await this.#db.insert(documentContents).values({ hash, size }).onConflictDoNothing();
    const kept = await this.#shelf.put(hash, part, bytes);
    await this.#db.insert(documentParts).values({ hash, part, bytes: kept }).onConflictDoNothing();
    if ((await this.missing(content)).length > 0) return "taken";
    if ((await this.#hashOf(content)) === hash) {
      await this.#db.update(documentContents).set({ completedAt: sql`now()` }).where(eq(documentContents.hash, hash));
      return "completed";
    }
    await this.#db.delete(documentContents).where(eq(documentContents.hash, hash));
    await this.#shelf.drop(hash);
    return "notAnchored";
  }

  async isComplete(hash: Hex): Promise<boolean> {
    const [row] = await this.#db.select().from(documentContents).where(eq(documentContents.hash, hash));
    return row?.completedAt != null;
  }

  /** Bytes from one place up to, not including, another; undefined where some were lost: they are asked for again. */
  async read({ hash }: Content, from: number, to: number): Promise<AsyncGenerator<Uint8Array> | undefined> {
    const first = Math.floor(from / PART_BYTES);
    const begin = await this.#part(hash, first);
    if (begin === undefined) return undefined;
    return this.#from(hash, first, begin, from, to);
  }

  async putEnvelope(document: Hex, reader: string, envelope: Hex): Promise<void> {
    await this.#db
      .insert(documentEnvelopes)
      .values({ document, reader, envelope })
      .onConflictDoUpdate({ target: [documentEnvelopes.document, documentEnvelopes.reader], set: { envelope } });
  }

  async envelope(document: Hex, reader: string): Promise<Hex | undefined> {
    const at = and(eq(documentEnvelopes.document, document), eq(documentEnvelopes.reader, reader));
    const [row] = await this.#db.select().from(documentEnvelopes).where(at);
    return row?.envelope;
  }

  /** How many are whole. */
  count(): Promise<number> {
    return this.#db.$count(documentContents, sql`completed_at is not null`);
  }

  async *#from(hash: Hex, first: number, begin: Uint8Array, from: number, to: number): AsyncGenerator<Uint8Array> {
    let bytes: Uint8Array | undefined = begin;
    for (let part = first; part * PART_BYTES < to; part++) {
      if (part > first) bytes = await this.#part(hash, part);
      // The connection ends short: its reader asks for the rest, and mends what is missing.
      if (bytes === undefined) return;
      const start = part * PART_BYTES;
      yield bytes.subarray(Math.max(0, from - start), Math.min(bytes.length, to - start));
    }
  }

  /** A part; one that was lost from its shelf is missing from now on, so that a reader hands it in again. */
  async #part(hash: Hex, part: number): Promise<Uint8Array | undefined> {
    const bytes = await this.#shelf.read(hash, part);
    if (bytes !== undefined) return bytes;
    await this.#db.delete(documentParts).where(and(eq(documentParts.hash, hash), eq(documentParts.part, part)));
    await this.#db.update(documentContents).set({ completedAt: null }).where(eq(documentContents.hash, hash));
    return undefined;
  }

  async #hashOf({ hash, size }: Content): Promise<Hex | undefined> {
    const digest = keccak_256.create();
    for (let part = 0; part < partsOf(size); part++) {
      const bytes = await this.#part(hash, part);
      if (bytes === undefined) return undefined;
      digest.update(bytes);
    }
    return toHex(digest.digest());
  }
}

/** Parts of a ciphertext. */
export const partsOf = (size: number): number => Math.ceil(size / PART_BYTES);

/** Bytes of one of them. */
export const bytesOfPart = (size: number, part: number): number => Math.min(PART_BYTES, size - part * PART_BYTES);
