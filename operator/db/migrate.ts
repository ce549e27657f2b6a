import { readdirSync, readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { DujiangError } from "../../sdk/types/errors.ts";
import type { Database } from "./database.ts";

/** Thrown when tables belong to a newer program. */
export class MigrationError extends DujiangError {}

const FOLDER = new URL("./migrations/", import.meta.url);
/** Any number that nobody else locks by. */
const LOCK = 20_261_122;

/** Runs the migrations that the tables have not seen, all or none; returns the number of the last one. */
export async function migrate(db: Database): Promise<number> {
  const files = migrations();
  return db.transaction(async (tx) => {
    // Of two services that start at once the second finds nothing left to do.
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx.execute(sql`create table if not exists migrations (
      version integer primary key, name text not null, ran_at timestamptz not null default now()
    )`);
    const answer = await tx.execute(sql`select coalesce(max(version), 0)::int as version from migrations`);
    const before = (answer as unknown as { rows: { version: number }[] }).rows[0]?.version ?? 0;
    if (before > files.length) {
      throw new MigrationError(
        `The database is at version ${before}, this program at ${files.length}: start the newer program, or use another database.`,
      );
    }
    for (const [index, name] of files.entries()) {
      if (index < before) continue;
      for (const statement of statements(readFileSync(new URL(name, FOLDER), "utf8"))) {
        await tx.execute(sql.raw(statement));
      }
      await tx.execute(sql`insert into migrations (version, name) values (${index + 1}, ${name})`);
    }
    return files.length;
  });
}

/** Names begin with their number, from 0001 without a gap. */
function migrations(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql"))
    .sort();
}

/** An embedded database takes one statement at a time; a statement ends with its line. */
function statements(text: string): string[] {
  return text.split(/;\s*$/m).filter((statement) => statement.replace(/^\s*--.*$/gm, "").trim() !== "");
}
