import { type Context, ponder } from "ponder:registry";
import { and, asc, desc, eq, lt } from "ponder";
import { dayOf, startOfDay } from "../../../sdk/types/time.ts";
import { dayAndDate } from "../types/days.ts";
import { newMeterDay } from "./meterDays.ts";
import { meter, meterDay, meteringDay } from "./schema.ts";

// Nothing on chain says that a reading is missing, and the index has no clock but the chain's: days end with the first event
// of a meter after them, and where there is none, with one of the blocks that `ponder.config.ts` picks.

ponder.on("Clock:block", async ({ event, context: { db } }) => {
  await endDays(db, event.block.timestamp);
});

/** Enters the days that ended before a second, and for each meter of which a reading is due its day. */
export async function endDays(db: Context["db"], now: bigint): Promise<void> {
  const yesterday = dayOf(now) - 1;
  if ((await db.find(meteringDay, { day: yesterday })) !== null) return;
  const [last] = await db.sql.select().from(meteringDay).orderBy(desc(meteringDay.day)).limit(1);
  const [first] = await db.sql.select().from(meter).orderBy(asc(meter.registeredAt)).limit(1);
  if (first === undefined) return;
  for (let day = (last?.day ?? dayOf(first.registeredAt)) + 1; day <= yesterday; day += 1) await endDay(db, day);
}

async function endDay(db: Context["db"], day: number): Promise<void> {
  const due = await db.sql
    .select({ id: meter.id })
    .from(meter)
    .where(and(eq(meter.active, true), lt(meter.registeredAt, BigInt(startOfDay(day)))));
  await db.insert(meteringDay).values({ ...dayAndDate(day), due: due.length });
  if (due.length === 0) return;
  await db
    .insert(meterDay)
    .values(due.map(({ id }) => newMeterDay(id, day)))
    .onConflictDoNothing();
}
