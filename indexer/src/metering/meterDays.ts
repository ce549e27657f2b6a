import type { Context } from "ponder:registry";
import { ZERO_CURVE } from "../../../sdk/types/curve.ts";
import { formatDay } from "../../../sdk/types/time.ts";
import { dayAndDate } from "../types/days.ts";
import { meterDay } from "./schema.ts";

type Changes = Partial<Omit<typeof meterDay.$inferInsert, "id" | "meterId" | "day" | "date">>;
type Row = typeof meterDay.$inferSelect;

/** "3-2026-11-22" */
export const meterDayId = (meter: bigint, day: number): string => `${meter}-${formatDay(day)}`;

/** Changes a meter day, which begins to exist with the first thing that happens to it. */
export async function changeMeterDay(
  db: Context["db"],
  meterId: bigint,
  day: number,
  change: (row: Row) => Changes,
): Promise<void> {
  await db.insert(meterDay).values(newMeterDay(meterId, day)).onConflictDoNothing();
  await db.update(meterDay, { id: meterDayId(meterId, day) }).set(change);
}

/** A meter day to which nothing has happened. */
export function newMeterDay(meterId: bigint, day: number): typeof meterDay.$inferInsert {
  return {
    ...{ id: meterDayId(meterId, day), meterId, ...dayAndDate(day), state: "none", version: 0 },
    ...{ position: [...ZERO_CURVE], positionWh: 0n, mintedWh: 0n, claimableWh: 0n, retiredWh: 0n },
  };
}
