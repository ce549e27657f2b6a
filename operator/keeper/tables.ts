import { pgTable } from "drizzle-orm/pg-core";
import { count } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";

export const KEEPER_TABLES: Tables = { room: "keeper", folder: new URL("./migrations/", import.meta.url) };

/** Up to which block events were read. */
export const keeperProgress = pgTable("keeper_progress", { block: count().notNull() });
