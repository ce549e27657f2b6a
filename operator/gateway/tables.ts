import { pgTable, text } from "drizzle-orm/pg-core";
import { count, moment } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";

export const GATEWAY_TABLES: Tables = { room: "gateway", folder: new URL("./migrations/", import.meta.url) };

export const apiKeys = pgTable("api_keys", {
  id: count().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull(),
  hash: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  revokedAt: moment(),
});
