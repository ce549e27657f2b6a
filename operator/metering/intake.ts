import { createHash } from "node:crypto";
import { dayOf, type Platform } from "../../sdk/index.ts";
import type { ChainClock } from "../chain/clock.ts";
import type { MeterDay } from "../chain/meterDay.ts";
import type { Log } from "../common/log.ts";
import type { Metrics } from "../common/metrics.ts";
import type { Database } from "../db/database.ts";
import { type BatchFormat, readBatch } from "./batch.ts";
import { checkBatch, dayIn } from "./check.ts";
import { MeterIndex, type RegisteredMeter } from "./meters.ts";
import { BatchRejected } from "./problem.ts";
import type { RawReading } from "./rawReading.ts";
import { findBatch, keepBatch, quarantine } from "./store.ts";
import type { MeterBatchRow } from "./tables.ts";

export interface IntakeParts {
  db: Database;
  platform: Platform;
  clock: ChainClock;
  metrics: Metrics;
  log: Log;
}

/** A batch as it came. */
export interface Delivery {
  bytes: Uint8Array;
  format: BatchFormat;
  /** Who or what brought it, for people. */
  origin: string;
}

/** What became of a batch; not new if the same bytes were taken before. */
export type Outcome = { batch: MeterBatchRow; isNew: boolean } | { hash: string; rejected: BatchRejected };

/** Takes batches of readings from the metering system, each whole or not at all; what it takes becomes tasks to report. */
export class MeterIntake {
  readonly #parts: IntakeParts;
  readonly #meters: MeterIndex;
  readonly #figures: ReturnType<typeof figuresOf>;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#meters = new MeterIndex(parts.platform);
    this.#figures = figuresOf(parts.metrics);
  }

  async take({ bytes, format, origin }: Delivery): Promise<Outcome> {
    const { db, log, clock } = this.#parts;
    const hash = sha256(bytes);
    const before = await findBatch(db, hash);
    if (before?.state === "taken") return this.#again(before);
    let rows: RawReading[] = [];
    let meters: ReadonlyMap<string, RegisteredMeter> = new Map();
    try {
      const read = readBatch(bytes, format);
      rows = read.rows;
      meters = await this.#meters.find(rows.map(({ meter }) => meter));
      const readings = await checkBatch(rows, { format, meters, today: dayOf(await clock.now()) });
      const kept = await keepBatch(db, { hash, origin, assumed: read.assumed ?? null }, readings);
      if (kept === undefined) return this.#again((await findBatch(db, hash))!);
      this.#figures.batches.inc({ outcome: "taken" });
      this.#figures.rows.inc({ outcome: "taken" }, rows.length);
      log.info({ batch: hash, origin, meterDays: rows.length, assumed: read.assumed?.en }, "readings taken");
      return { batch: kept, isNew: true };
    } catch (error) {
      if (!(error instanceof BatchRejected)) throw error;
      return this.#quarantine({ hash, origin }, error, { rows: rows.length, days: daysIn(rows, meters) });
    }
  }

  /** Puts in quarantine what is not even read; `identity` stands for the bytes. */
  refuse(origin: string, identity: string, rejected: BatchRejected): Promise<Outcome> {
    return this.#quarantine({ hash: sha256(Buffer.from(identity)), origin }, rejected, { rows: 0, days: [] });
  }

  async #quarantine(
    batch: { hash: string; origin: string },
    rejected: BatchRejected,
    { rows, days }: { rows: number; days: readonly MeterDay[] },
  ): Promise<Outcome> {
    const { db, log } = this.#parts;
    await quarantine(db, batch, rejected.problems, days);
    this.#figures.batches.inc({ outcome: "quarantined" });
    this.#figures.rows.inc({ outcome: "quarantined" }, rows);
    const { count, message: first } = rejected;
    log.warn({ batch: batch.hash, origin: batch.origin, reasons: count, first }, "readings in quarantine");
    return { hash: batch.hash, rejected };
  }

  #again(batch: MeterBatchRow): Outcome {
    this.#figures.batches.inc({ outcome: "again" });
    return { batch, isNew: false };
  }
}

/** The meter days that a batch speaks of, each once; rows of unknown meters or of no date are none. */
function daysIn(rows: readonly RawReading[], meters: ReadonlyMap<string, RegisteredMeter>): MeterDay[] {
  const days = new Map<string, MeterDay>();
  for (const row of rows) {
    const meter = meters.get(row.meter)?.id;
    const day = dayIn(row.date);
    if (meter !== undefined && day !== undefined) days.set(`${meter}/${day}`, { meter, day });
  }
  return [...days.values()];
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function figuresOf(metrics: Metrics) {
  return {
    batches: metrics.counter("meter_batches_total", "Batches of readings by what became of them", ["outcome"]),
    rows: metrics.counter("meter_rows_total", "Meter days of batches by what became of them", ["outcome"]),
  };
}
