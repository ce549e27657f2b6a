import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Day } from "../../sdk/index.ts";
import type { MeterDay } from "../chain/meterDay.ts";
import type { Database } from "../db/database.ts";
import { wake } from "../tasks/list.ts";
import type { Reading } from "./check.ts";
import { LIST } from "./kinds.ts";
import type { Problem } from "./problem.ts";
import {
  type BatchState,
  type MeterBatchRow,
  type MeterReadingRow,
  meterBatches,
  meterReadings,
  quarantinedDays,
} from "./tables.ts";

/** Rows of one statement: the parameters of one are counted in 16 bits. */
const ROWS = 500;

/** A batch that comes again is judged again unless it was taken, and stands in the list where it came last. */
const AGAIN = { target: meterBatches.hash, setWhere: eq(meterBatches.state, "quarantined") };
const AT_THE_END = { sequence: sql`default` };

export async function findBatch(db: Database, hash: string): Promise<MeterBatchRow | undefined> {
  const [row] = await db.select().from(meterBatches).where(eq(meterBatches.hash, hash));
  return row;
}

/** Keeps a batch with what it asks of the chain, all or nothing; undefined if it was taken before. */
export async function keepBatch(
  db: Database,
  { hash, ...of }: Pick<MeterBatchRow, "hash" | "origin" | "assumed">,
  readings: readonly Reading[],
): Promise<MeterBatchRow | undefined> {
  const sorted = inOneOrder(readings);
  return db.transaction(async (tx) => {
    const taken = { state: "taken" as const, ...of, meterDays: readings.length, reasons: [], receivedAt: new Date() };
    const [row] = await tx
      .insert(meterBatches)
      .values({ hash, ...taken })
      .onConflictDoUpdate({ ...AGAIN, set: { ...taken, ...AT_THE_END } })
      .returning();
    if (row === undefined) return undefined;
    for (let from = 0; from < sorted.length; from += ROWS) {
      const some = sorted.slice(from, from + ROWS);
      await tx
        .insert(meterReadings)
        .values(some.map((reading) => ({ ...reading, batch: hash })))
        .onConflictDoUpdate({
          target: [meterReadings.meter, meterReadings.day],
          set: { quality: sql`excluded.quality`, curve: sql`excluded.curve`, batch: sql`excluded.batch` },
        });
      const isOfThem = sql`(${quarantinedDays.meter}, ${quarantinedDays.day}) in ${some.map(pairOf)}`;
      await tx.delete(quarantinedDays).where(isOfThem);
      await wake(
        tx,
        { list: LIST, kind: "report" },
        some.map(({ meter, day }) => `${meter}/${day}`),
      );
    }
    return row;
  });
}

/** Notes why a batch is not taken, and of which meter days it speaks as far as that is known; one that was taken stays so. */
export async function quarantine(
  db: Database,
  { hash, origin }: Pick<MeterBatchRow, "hash" | "origin">,
  reasons: readonly Problem[],
  days: readonly MeterDay[] = [],
): Promise<void> {
  const state = "quarantined" as const;
  const noted = { state, origin, meterDays: days.length, reasons: [...reasons], receivedAt: new Date() };
  const sorted = inOneOrder(days);
  await db.transaction(async (tx) => {
    const [row] = await tx
      .insert(meterBatches)
      .values({ hash, ...noted })
      .onConflictDoUpdate({ ...AGAIN, set: { ...noted, ...AT_THE_END } })
      .returning();
    if (row === undefined) return;
    for (let from = 0; from < sorted.length; from += ROWS) {
      await tx
        .insert(quarantinedDays)
        .values(sorted.slice(from, from + ROWS).map(({ meter, day }) => ({ meter, day, batch: hash })))
        .onConflictDoUpdate({
          target: [quarantinedDays.meter, quarantinedDays.day],
          set: { batch: sql`excluded.batch` },
        });
    }
  });
}

/** Sorted, so that two batches at a time wait for each other and not for ever. */
const inOneOrder = <Of extends MeterDay>(days: readonly Of[]): Of[] =>
  [...days].sort((a, b) => a.day - b.day || Number(a.meter - b.meter));

const pairOf = ({ meter, day }: MeterDay) => sql`(${String(meter)}::numeric, ${day}::int)`;

/** Batches, the last that came first. @param before only what came before this place in the order of arrival */
export async function batchesIn(
  db: Database,
  { state, before, most }: { state: BatchState; before: number | undefined; most: number },
): Promise<MeterBatchRow[]> {
  const isEarlier = before === undefined ? undefined : lt(meterBatches.sequence, before);
  return db
    .select()
    .from(meterBatches)
    .where(and(eq(meterBatches.state, state), isEarlier))
    .orderBy(desc(meterBatches.sequence))
    .limit(most);
}

/** What the chain should have of a meter's day. */
export async function readingOf(db: Database, meter: bigint, day: Day): Promise<MeterReadingRow | undefined> {
  const [row] = await db
    .select()
    .from(meterReadings)
    .where(and(eq(meterReadings.meter, meter), eq(meterReadings.day, day)));
  return row;
}
