import type { Stats } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { explain } from "../../sdk/index.ts";
import type { Log } from "../common/log.ts";
import { BATCH_BYTES, type BatchFormat, FORMATS, TOO_LARGE } from "./batch.ts";
import type { MeterIntake, Outcome } from "./intake.ts";
import { BatchRejected } from "./problem.ts";

export interface FolderParts {
  folder: string;
  intake: MeterIntake;
  log: Log;
  /** How long a file must have stood still before it is taken. */
  settleMs: number;
}

/** A file at one look, to see whether it stands still. */
interface Glance {
  size: number;
  mtimeMs: number;
  ino: number;
  since: number;
}

/** A file that stands still. */
interface Complete {
  /** Within the folder. */
  path: string;
  glance: Glance;
}

/** Where a file is read, out of reach of the next one that is dropped under its name. */
const WORKING = "working";

/**
 * Takes files that the metering system drops: `*.csv` and `*.json`, best written under another name and renamed once
 * complete; others only once they stand still. A file is moved out of `working` after the tables know it, so a process
 * that dies in between finds it there again, and it is the same batch.
 */
export class MeterFolder {
  readonly #parts: FolderParts;
  #glances = new Map<string, Glance>();

  constructor(parts: FolderParts) {
    this.#parts = parts;
  }

  /** Takes every file that is complete, the oldest first. */
  async look(): Promise<void> {
    const { folder, log } = this.#parts;
    for (const name of [WORKING, "taken", "quarantine"]) await mkdir(join(folder, name), { recursive: true });
    for (const file of await this.#complete()) {
      try {
        await this.#take(file);
      } catch (error) {
        // Of several readings the last that came counts: no newer file may go first.
        log.warn({ file: file.path, reason: explain(error) }, "file tried again");
        throw error;
      }
    }
  }

  async #complete(): Promise<Complete[]> {
    const { folder, settleMs } = this.#parts;
    const now = Date.now();
    const glances = new Map<string, Glance>();
    const complete: Complete[] = [];
    const left = (await readdir(join(folder, WORKING))).map((name) => join(WORKING, name));
    for (const path of [...left, ...(await readdir(folder))]) {
      if (formatOf(basename(path)) === undefined) continue;
      const stats = await statsOf(join(folder, path));
      if (!stats?.isFile()) continue;
      const { size, mtimeMs, ino } = stats;
      const before = this.#glances.get(path);
      const stands = before !== undefined && isSame(before, stats);
      const glance = stands ? before : { size, mtimeMs, ino, since: now };
      glances.set(path, glance);
      if (stands && now - glance.since >= settleMs) complete.push({ path, glance });
    }
    this.#glances = glances;
    return complete.sort((a, b) => a.glance.mtimeMs - b.glance.mtimeMs || (a.path < b.path ? -1 : 1));
  }

  async #take({ path: dropped, glance }: Complete): Promise<void> {
    const name = basename(dropped);
    const path = join(this.#parts.folder, WORKING, name);
    if (dropped === name && !(await this.#claim(name, glance))) return;
    const outcome = await this.#handIn(path, name, glance);
    // Another file, or one that somebody still writes to, is read once it stands still.
    if (outcome === undefined || !(await isStill(path, glance))) return;
    const isTaken = "batch" in outcome;
    const hash = isTaken ? outcome.batch.hash : outcome.hash;
    const place = join(this.#parts.folder, isTaken ? "taken" : "quarantine");
    // The end of a long name holds its extension; a name of a file has at most 255 bytes.
    const kept = `${hash.slice(0, 12)}-${name.slice(-60)}`;
    if (!isTaken) {
      const sentences = outcome.rejected.problems.flatMap(({ words: { zh, en } }) => [zh, en]);
      await writeFile(join(place, `${kept}.reasons.txt`), `${sentences.join("\n")}\n`);
    }
    await rename(path, join(place, kept));
  }

  /** Puts a file where nobody replaces it; false while one of its name is there. */
  async #claim(name: string, glance: Glance): Promise<boolean> {
    const [{ folder }, claimed] = [this.#parts, join(WORKING, name)];
    if ((await statsOf(join(folder, claimed))) !== undefined) return false;
    await rename(join(folder, name), join(folder, claimed));
    this.#glances.delete(name);
    // It stood still before, and need not do so again if it cannot be taken now: a newer one would go first.
    this.#glances.set(claimed, glance);
    return true;
  }

  /** Undefined if it is not the file that was looked at. */
  async #handIn(path: string, name: string, glance: Glance): Promise<Outcome | undefined> {
    const { intake } = this.#parts;
    if (!(await isStill(path, glance))) return undefined;
    if (glance.size > BATCH_BYTES) {
      const rejected = new BatchRejected([{ place: null, meter: null, slot: null, words: TOO_LARGE }]);
      return intake.refuse(name, `${name} ${glance.size} ${glance.mtimeMs}`, rejected);
    }
    const bytes = await readFile(path);
    if (!(await isStill(path, glance))) return undefined;
    return intake.take({ bytes, format: formatOf(name)!, origin: name });
  }
}

function formatOf(name: string): BatchFormat | undefined {
  if (name.startsWith(".")) return undefined;
  return FORMATS.find((format) => extname(name).toLowerCase() === `.${format}`);
}

function isSame(glance: Glance, { size, mtimeMs, ino }: Stats): boolean {
  return glance.size === size && glance.mtimeMs === mtimeMs && glance.ino === ino;
}

/** Whether the file at a path is the one that was looked at, with nothing written to it since. */
async function isStill(path: string, glance: Glance): Promise<boolean> {
  const stats = await statsOf(path);
  return stats !== undefined && isSame(glance, stats);
}

/** Undefined if it is gone. */
async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
