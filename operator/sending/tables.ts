import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { count, hex, moment } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";

export const SENDING_TABLES: Tables = { room: "sending", folder: new URL("./migrations/", import.meta.url) };

export const TRANSACTION_STATES = ["signed", "sent", "sealed", "reverted", "lost"] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];

/** The journal of everything that is sent to the chain. */
export const transactions = pgTable("transactions", {
  id: count().primaryKey().generatedAlwaysAsIdentity(),
  /** Which sender's rows these are: each looks at its own only. */
  purpose: text().notNull(),
  subject: text().notNull(),
  sender: hex().notNull(),
  nonce: integer().notNull(),
  raw: hex().notNull(),
  hash: hex().notNull(),
  state: text().$type<TransactionState>().notNull().default("signed"),
  reason: text(),
  gasUsed: count(),
  block: count(),
  signedAt: moment().notNull().defaultNow(),
  sentAt: moment(),
  endedAt: moment(),
});
export type TransactionRow = typeof transactions.$inferSelect;
