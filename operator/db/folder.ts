import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DujiangError } from "../../sdk/types/errors.ts";

/** Thrown when the folder of the embedded database is in use. */
export class FolderError extends DujiangError {}

/** Keeps a second process out of an embedded database, which both would ruin; returns what releases it. */
export function holdFolder(folder: string): () => void {
  const file = join(folder, "owner");
  const owner = ownerIn(file);
  if (owner !== process.pid) {
    if (owner !== undefined && isRunning(owner)) throw inUse(folder, owner);
    rmSync(file, { force: true });
  }
  try {
    // Of two that start at once one makes the file.
    if (owner !== process.pid) writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw inUse(folder, ownerIn(file));
  }
  return () => rmSync(file, { force: true });
}

function inUse(folder: string, owner: number | undefined): FolderError {
  return new FolderError({
    en: `The database in ${folder} serves one process, and another one of the operator (process ${owner}) uses it: name a server for both in DATABASE_URL, name another folder in OPERATOR_FOLDER, or end the other process.`,
    zh: `${folder} 中的数据库只供一个进程使用，现由运营服务的另一进程（${owner}）占用：请在 DATABASE_URL 指定两者共用的服务器，或在 OPERATOR_FOLDER 指定其他目录，或结束该进程。`,
  });
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
