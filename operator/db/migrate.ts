import { readdirSync, readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { DujiangError } from "../../sdk/types/errors.ts";
import type { Database } from "./database.ts";

/** Thrown when tables belong to a newer program. */
export class MigrationError extends DujiangError {}

/** A room's tables. */
export interface Tables {
  room: string;
  /** Of files `0001-name.sql`, numbered without a gap. */
  folder: URL;
}

/** Any number that nobody else locks by. */
const LOCK = 20_261_122;

/**
 * Runs the migrations that the tables of some rooms have not seen, all or none; returns how many. What a room refers to
 * goes before it.
 */
export async function migrate(db: Database, rooms: readonly Tables[]): Promise<number> {
  return db.transaction(async (tx) => {
    // Of two processes that start at once the second finds nothing left to do.
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx.execute(sql`create table if not exists migrations (
      room text, version integer, name text not null, ran_at timestamptz not null default now(), primary key (room, version)
    )`);
    let ran = 0;
    for (const tables of rooms) ran += await migrateRoom(tx, tables);
    return ran;
  });
}

async function migrateRoom(tx: Database, { room, folder }: Tables): Promise<number> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const answer = await tx.execute(
    sql`select coalesce(max(version), 0)::int as version from migrations where room = ${room}`,
  );
  const before = (answer as unknown as { rows: { version: number }[] }).rows[0]?.version ?? 0;
  if (before > files.length) {
    throw new MigrationError({
      en: `The tables of ${room} in this database are at version ${before}, this program's at ${files.length}: start the newer program, or use another database.`,
      zh: `此数据库中 ${room} 的表为第 ${before} 版，而本程序为第 ${files.length} 版：请启动较新的程序，或改用其他数据库。`,
    });
  }
  for (const [index, name] of files.entries()) {
    if (index < before) continue;
    for (const statement of statements(readFileSync(new URL(name, folder), "utf8"))) {
      await tx.execute(sql.raw(statement));
    }
    await tx.execute(sql`insert into migrations (room, version, name) values (${room}, ${index + 1}, ${name})`);
  }
  return files.length - before;
}

/** An embedded database takes one statement at a time; a statement ends with its line. */
function statements(text: string): string[] {
  return text.split(/;\s*$/m).filter((statement) => statement.replace(/^\s*--.*$/gm, "").trim() !== "");
}
