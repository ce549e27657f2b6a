import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Postgres where one is named; otherwise PGlite in a folder, which needs nothing installed. */
export function database(network: string) {
  const { DATABASE_URL: connectionString, DUJIANG_PGLITE_DIR } = process.env;
  if (connectionString) return { kind: "postgres", connectionString } as const;
  const folder = resolve(DUJIANG_PGLITE_DIR || join(".dujiang", "indexer", network));
  return { kind: "pglite", directory: emptyDirectory(folder) } as const;
}

/**
 * Ponder runs without transactions on PGlite: one that is killed, or merely stopped, in the middle of a batch leaves half
 * of it behind and counts it twice when it goes on. So an embedded database is never continued but refilled, which
 * also forgets a chain that was since started over. On Postgres the indexer continues where it was.
 */
function emptyDirectory(folder: string): string {
  const directory = join(folder, "pglite");
  const owner = join(folder, "owner");
  mkdirSync(folder, { recursive: true });
  const pid = Number(readIfAny(owner));
  // Ponder reads its configuration again whenever a file changes in development: the database is our own then.
  if (pid === process.pid) return directory;
  if (isRunning(pid)) {
    throw new Error(
      `Another indexer (process ${pid}) uses ${folder}: end it, or name another folder in DUJIANG_PGLITE_DIR.`,
    );
  }
  rmSync(directory, { recursive: true, force: true });
  writeFileSync(owner, String(process.pid));
  return directory;
}

function readIfAny(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
