import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as overPostgres } from "drizzle-orm/node-postgres";
import { drizzle as overPglite } from "drizzle-orm/pglite";
import pg from "pg";
import type { Database, DatabasePlace } from "./database.ts";
import { holdFolder } from "./folder.ts";
import { ALONE, type Lead, ServerLead } from "./lead.ts";
import { migrate, type Tables } from "./migrate.ts";

export interface OpenDatabase {
  db: Database;
  close(): Promise<void>;
  /** Which process does the work of some trades. */
  leadOf(trades: readonly string[]): Lead;
}

const CONFIG = { casing: "snake_case" } as const;
/** Connections to a server: more would only wait for its processors. */
const CONNECTIONS = 10;

/** Opens a database and brings the tables of some rooms up to date; what a room refers to goes before it. */
export async function openDatabase({ url, folder }: DatabasePlace, rooms: readonly Tables[]): Promise<OpenDatabase> {
  const opened = url !== undefined ? onServer(url) : await embedded(folder);
  try {
    await migrate(opened.db, rooms);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function onServer(connectionString: string): OpenDatabase {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, connectionTimeoutMillis: 5_000, keepAlive: true });
  // An idle connection that a restarting server closes: the next query opens another one.
  pool.on("error", () => {});
  // One that it closes between two statements of a transaction: the next statement fails with the reason.
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    db: overPostgres(pool, CONFIG) as unknown as Database,
    close: () => pool.end(),
    leadOf: (trades) => (trades.length === 0 ? ALONE : new ServerLead(connectionString, trades)),
  };
}

async function embedded(folder: string | undefined): Promise<OpenDatabase> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const release = folder === undefined ? () => {} : holdFolder(folder);
  const client = await PGlite.create(folder === undefined ? "memory://" : join(folder, "pglite"));
  const close = async () => {
    await client.close();
    release();
  };
  return { db: overPglite(client, CONFIG) as unknown as Database, close, leadOf: () => ALONE };
}
