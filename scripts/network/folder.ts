import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { NetworkError } from "./problem.ts";

/** An account of the operating system. */
export interface Account {
  uid: number;
  gid: number;
}

/** A file to write; a path that ends with a slash is a folder. */
export interface KitFile {
  path: string;
  text: string;
  isSecret?: boolean;
}

const MEANWHILE = {
  en: "The folder was made by something else meanwhile and is left as it is: name another one.",
  zh: "该目录在此期间已被其他程序建立，未作改动：请另选目录。",
};

/**
 * Writes a folder that does not exist yet, whole or not at all, readable for its owner alone.
 *
 * @param finish what else is to happen before the folder takes its place
 */
export function createFolder(
  folder: string,
  files: readonly KitFile[],
  finish: (unfinished: string) => void = () => {},
): void {
  const target = resolve(folder);
  if (exists(target)) {
    throw new NetworkError({
      en: `${folder} exists already and is left as it is: name a folder that does not exist yet.`,
      zh: `${folder} 已存在，未作改动：请指定尚不存在的目录。`,
    });
  }
  let madeParent: string | undefined;
  let unfinished: string | undefined;
  try {
    madeParent = mkdirSync(dirname(target), { recursive: true });
    unfinished = mkdtempSync(`${target}.unfinished-`);
    for (const file of files) write(unfinished, file);
    finish(unfinished);
    if (exists(target)) throw new NetworkError(MEANWHILE);
    renameSync(unfinished, target);
  } catch (error) {
    if (unfinished !== undefined) rmSync(unfinished, { recursive: true, force: true });
    if (madeParent !== undefined) rmSync(madeParent, { recursive: true, force: true });
    if (error instanceof NetworkError) throw error;
    throw new NetworkError({
      en: `${folder} could not be written: ${(error as Error).message}; nothing is left of it.`,
      zh: `无法写入 ${folder}：${(error as Error).message}；未留下任何内容。`,
    });
  }
}

/** Replaces files of a folder: all are written beside the old ones first, then take their places. */
export function replaceFiles(folder: string, files: readonly KitFile[]): void {
  const next = (path: string) => join(folder, `${path}.new`);
  try {
    for (const { path, text } of files) {
      writeFileSync(next(path), text, { flush: true });
      giveTo(next(path), dirname(join(folder, path)));
    }
  } catch (error) {
    for (const { path } of files) rmSync(next(path), { force: true });
    throw new NetworkError({
      en: `${folder} could not be changed: ${(error as Error).message}; it is as it was.`,
      zh: `无法更改 ${folder}：${(error as Error).message}；内容保持原样。`,
    });
  }
  for (const { path } of files) renameSync(next(path), join(folder, path));
}

/** Gives a folder and all in it to an account. */
export function giveFolder(folder: string, { uid, gid }: Account): void {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    chownSync(join(entry.parentPath, entry.name), uid, gid);
  }
}

export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function write(folder: string, { path, text, isSecret = false }: KitFile): void {
  const place = join(folder, path);
  mkdirSync(path.endsWith("/") ? place : dirname(place), { recursive: true, mode: 0o700 });
  // "wx": never over something that is there, and so never with somebody else's permissions.
  if (!path.endsWith("/")) writeFileSync(place, text, { mode: isSecret ? 0o600 : 0o644, flag: "wx", flush: true });
}

/** A replaced file belongs to whom the folder around it belongs. */
function giveTo(file: string, folder: string): void {
  const { uid, gid } = statSync(folder);
  if (uid !== statSync(file).uid) chownSync(file, uid, gid);
}
