import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DujiangError } from "../../sdk/types/errors.ts";

/** Thrown when the folder of the embedded database is in use. */
export class FolderError extends DujiangError {}

/** Keeps a second process out of an embedded database, which both would ruin; returns what lets go of it. */
export function holdFolder(folder: string): () => void {
  const file = join(folder, "owner");
  const owner = ownerIn(file);
  if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
    throw new FolderError(
      `Another operator (process ${owner}) uses ${folder}: end it, or name another OPERATOR_FOLDER.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function ownerIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
