import { ponder } from "ponder:registry";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { confirmation, exposureDay } from "./schema.ts";

ponder.on("SecondFactor:SubjectConfirmed", async ({ event, context: { db } }) => {
  const { participant, subject, factor } = event.args;
  const { at, tx } = moment(event);
  await db
    .insert(confirmation)
    .values({ participantId: participant, factor, subject, confirmedAt: at, confirmedTx: tx });
});

ponder.on("SecondFactor:ConfirmationUsed", async ({ event, context: { db } }) => {
  const { participant, subject, factor } = event.args;
  await db.update(confirmation, { participantId: participant, factor, subject }).set({ usedAt: event.block.timestamp });
});

ponder.on("SecondFactor:ExposureRecorded", async ({ event, context: { db } }) => {
  const { participant, day, exposureFen } = event.args;
  await db
    .insert(exposureDay)
    .values({ participantId: participant, ...dayAndDate(day), exposureFen })
    .onConflictDoUpdate({ exposureFen });
});
