import { pgTable } from "drizzle-orm/pg-core";
import { hex } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";

export const CHAIN_TABLES: Tables = { room: "chain", folder: new URL("./migrations/", import.meta.url) };

/** The one chain that the database belongs to. */
export const service = pgTable("service", {
  genesisHash: hex().notNull(),
  escrow: hex().notNull(),
});
