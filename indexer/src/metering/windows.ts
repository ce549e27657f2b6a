import { ponder } from "ponder:registry";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { meteringWindow } from "./schema.ts";

ponder.on("MeterRegistry:WindowsChanged", async ({ event, context: { db } }) => {
  const { fromDay, reportDays, objectionHours } = event.args;
  const { at: setAt, tx: setTx } = moment(event);
  const windows = { reportDays, objectionHours, setAt, setTx, withdrawnAt: null };
  // A day takes windows again once those before were withdrawn.
  await db
    .insert(meteringWindow)
    .values({ ...dayAndDate(fromDay, "effective"), ...windows })
    .onConflictDoUpdate(windows);
});

ponder.on("MeterRegistry:WindowsWithdrawn", async ({ event, context: { db } }) => {
  await db.update(meteringWindow, { effectiveDay: event.args.fromDay }).set({ withdrawnAt: event.block.timestamp });
});
