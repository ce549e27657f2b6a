import type { Context } from "ponder:registry";
import { dayAndDate } from "../types/days.ts";
import { kpiDay, kpiParticipantDay } from "./schema.ts";

// What docs/kpi.md defines, counted by Shanghai day. Ponder takes one handler for an event, so each handler calls here for
// what its event counts.

type Row = typeof kpiDay.$inferSelect;
type ParticipantRow = typeof kpiParticipantDay.$inferSelect;
type Counters = Omit<Row, "day" | "date">;
type ParticipantCounters = Omit<ParticipantRow, "participantId" | "day" | "date">;

/** A day on which nothing counted. */
export const NOTHING_COUNTED: Counters = {
  ...{ participantsRegistered: 0, tradesOpened: 0, tradesSettled: 0, tradesCorrected: 0 },
  ...{ deliveredWh: 0n, claimedWh: 0n },
  ...{ sellersPaidFen: 0n, sellersPaidFenSeconds: 0n },
  ...{ requests: 0, requestsFinanced: 0, financings: 0, requestToMoneySeconds: 0n },
  ...{ bidFen: 0n, bidPaidFen: 0n, dueFen: 0n, paidInTimeFen: 0n, paidLateFen: 0n },
  ...{ defaultedFen: 0n, recoveredFen: 0n, writtenOffFen: 0n },
};
const NOTHING_DONE: ParticipantCounters = { tradesSold: 0, tradesBought: 0, requests: 0, bids: 0 };

/** Adds to the counters of a day, which begins to exist with the first thing that counts. */
export async function countOn(db: Context["db"], day: number, counters: Partial<Counters>): Promise<void> {
  await db
    .insert(kpiDay)
    .values({ ...dayAndDate(day), ...NOTHING_COUNTED, ...counters })
    .onConflictDoUpdate((row) => added(row, counters));
}

/** Adds to what one participant did on a day. */
export async function countFor(
  db: Context["db"],
  participantId: number,
  day: number,
  counters: Partial<ParticipantCounters>,
): Promise<void> {
  await db
    .insert(kpiParticipantDay)
    .values({ participantId, ...dayAndDate(day), ...NOTHING_DONE, ...counters })
    .onConflictDoUpdate((row) => added(row, counters));
}

function added<Kept extends Record<string, unknown>>(row: Kept, counters: Partial<Kept>): Partial<Kept> {
  const sums = Object.entries(counters).map(([name, by]) => {
    const before = row[name];
    return [name, typeof before === "bigint" ? before + (by as bigint) : (before as number) + (by as number)];
  });
  return Object.fromEntries(sums) as Partial<Kept>;
}
