import type { Stats } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Log } from "../log.ts";
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

/**
 * Takes files that the metering system drops: `*.csv` and `*.json`, best written under another name and renamed once
 * complete; others only once they stand still. A file is moved after the tables know it, so whoever dies in between finds
 * it again, and it is the same batch.
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
    for (const name of ["taken", "quarantine"]) await mkdir(join(folder, name), { recursive: true });
    const complete = await this.#complete();
    let failure: unknown;
    for (const { name, glance } of complete) {
      try {
        await this.#take(name, glance);
      } catch (error) {
        // The others have their turn; this one is looked at again.
        log.warn({ file: name, reason: String(error) }, "file tried again");
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
  }

  async #complete(): Promise<{ name: string; glance: Glance }[]> {
    const { folder, settleMs } = this.#parts;
    const now = Date.now();
    const glances = new Map<string, Glance>();
    const complete: { name: string; glance: Glance }[] = [];
    for (const name of await readdir(folder)) {
      if (formatOf(name) === undefined) continue;
      const stats = await statsOf(join(folder, name));
      if (!stats?.isFile()) continue;
      const { size, mtimeMs, ino } = stats;
      const before = this.#glances.get(name);
      const stands = before !== undefined && isSame(before, stats);
      const glance = stands ? before : { size, mtimeMs, ino, since: now };
      glances.set(name, glance);
      if (stands && now - glance.since >= settleMs) complete.push({ name, glance });
    }
    this.#glances = glances;
    return complete.sort((a, b) => a.glance.mtimeMs - b.glance.mtimeMs || (a.name < b.name ? -1 : 1));
  }

  async #take(name: string, glance: Glance): Promise<void> {
    const path = join(this.#parts.folder, name);
    const outcome = await this.#handIn(path, name, glance);
    if (outcome === undefined) return;
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
    this.#glances.delete(name);
  }

  /** Undefined if somebody wrote to the file meanwhile. */
  async #handIn(path: string, name: string, glance: Glance): Promise<Outcome | undefined> {
    const { intake } = this.#parts;
    if (glance.size > BATCH_BYTES) {
      const rejected = new BatchRejected([{ place: null, meter: null, slot: null, words: TOO_LARGE }]);
      return intake.refuse(name, `${name} ${glance.size} ${glance.mtimeMs}`, rejected);
    }
    const bytes = await readFile(path);
    const stats = await statsOf(path);
    if (stats === undefined || !isSame(glance, stats)) return undefined;
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

/** Undefined if it is gone. */
async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
