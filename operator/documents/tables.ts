import { customType, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { hex, moment } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";

export const DOCUMENT_TABLES: Tables = { room: "documents", folder: new URL("./migrations/", import.meta.url) };

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

/** Ciphertexts, by hash. */
export const documentContents = pgTable("document_contents", {
  hash: hex().primaryKey(),
  size: integer().notNull(),
  completedAt: moment(),
});

/** Their parts. */
export const documentParts = pgTable(
  "document_parts",
  { hash: hex().notNull(), part: integer().notNull(), bytes: bytes() },
  (table) => [primaryKey({ columns: [table.hash, table.part] })],
);

/** What opens documents, a row a reader. */
export const documentEnvelopes = pgTable(
  "document_envelopes",
  { document: hex().notNull(), reader: text().notNull(), envelope: hex().notNull() },
  (table) => [primaryKey({ columns: [table.document, table.reader] })],
);
