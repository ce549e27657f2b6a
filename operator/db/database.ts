import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** Postgres or PGlite, in or out of a transaction. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** Where the tables lie: on a server, in a folder, or, with neither, in memory. */
export interface DatabasePlace {
  url?: string | undefined;
  folder?: string | undefined;
}
