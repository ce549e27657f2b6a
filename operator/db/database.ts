import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as overPostgres } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as overPglite } from "drizzle-orm/pglite";
import pg from "pg";
import { holdFolder } from "./folder.ts";
import { migrate } from "./migrate.ts";
import * as schema from "./schema.ts";

/** Postgres or PGlite, in or out of a transaction. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  db: Database;
  /** The number of the last migration. */
  version: number;
  close(): Promise<void>;
}

/** Where the tables lie: on a server, in a folder, or, with neither, in memory. */
export interface DatabasePlace {
  url?: string | undefined;
  folder?: string | undefined;
}

const CONFIG = { schema, casing: "snake_case" } as const;
/** Connections to a server: more would only wait for its processors. */
const CONNECTIONS = 10;

/** Opens the service's tables and brings them up to date. */
export async function openDatabase({ url, folder }: DatabasePlace = {}): Promise<OpenDatabase> {
  const { db, close } = url !== undefined ? onServer(url) : await embedded(folder);
  try {
    return { db, close, version: await migrate(db) };
  } catch (error) {
    await close();
    throw error;
  }
}

function onServer(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, connectionTimeoutMillis: 5_000, keepAlive: true });
  // An idle connection that a restarting server closes: the next query opens another one.
  pool.on("error", () => {});
  // One that it closes between two statements of a transaction: the next statement fails, and tells.
  pool.on("connect", (client) => client.on("error", () => {}));
  return { db: overPostgres(pool, CONFIG) as unknown as Database, close: () => pool.end() };
}

async function embedded(folder: string | undefined) {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const release = folder === undefined ? () => {} : holdFolder(folder);
  const client = await PGlite.create(folder === undefined ? "memory://" : join(folder, "pglite"));
  const close = async () => {
    await client.close();
    release();
  };
  return { db: overPglite(client, CONFIG) as unknown as Database, close };
}
