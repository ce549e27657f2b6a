import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import type { Hex } from "viem";
import type { Database } from "../db/database.ts";
import { documentParts } from "./tables.ts";

/** Where the bytes of parts lie: in the table of parts, or in a folder beside it. */
export interface Shelf {
  /** The column of the table; null where the bytes lie elsewhere. */
  put(hash: Hex, part: number, bytes: Uint8Array): Promise<Uint8Array | null>;
  /** Undefined where it was lost. */
  read(hash: Hex, part: number): Promise<Uint8Array | undefined>;
  drop(hash: Hex): Promise<void>;
}

/** With the tables. */
export class TableShelf implements Shelf {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async put(_hash: Hex, _part: number, bytes: Uint8Array): Promise<Uint8Array> {
    return bytes;
  }

  async read(hash: Hex, part: number): Promise<Uint8Array | undefined> {
    const at = and(eq(documentParts.hash, hash), eq(documentParts.part, part));
    const [row] = await this.#db.select({ bytes: documentParts.bytes }).from(documentParts).where(at);
    return row?.bytes ?? undefined;
  }

  /** They go with their rows. */
  async drop(): Promise<void> {}
}

/** A folder, a file a part. */
export class FolderShelf implements Shelf {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(hash: Hex, part: number, bytes: Uint8Array): Promise<null> {
    await mkdir(join(this.#folder, hash), { recursive: true });
    const file = this.#file(hash, part);
    // Who reads finds a part whole or not at all.
    await writeFile(`${file}.new`, bytes);
    await rename(`${file}.new`, file);
    return null;
  }

  async read(hash: Hex, part: number): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.#file(hash, part));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  async drop(hash: Hex): Promise<void> {
    await rm(join(this.#folder, hash), { recursive: true, force: true });
  }

  #file(hash: Hex, part: number): string {
    return join(this.#folder, hash, String(part));
  }
}
