import { ponder } from "ponder:registry";
import { participantAt } from "../identity/participantAt.ts";
import { moment } from "../types/events.ts";
import { storable } from "../types/values.ts";
import { encumbrance } from "./schema.ts";

ponder.on("Receivables:ReceivableEncumbered", async ({ event, context: { db } }) => {
  const { encumbrance: pledge, id, holder, pledgee, units, registrationNumber } = event.args;
  const { at, tx } = moment(event);
  await db.insert(encumbrance).values({
    ...{ id: pledge, status: "live", receivableId: id, holder, holderId: await participantAt(db, holder) },
    ...{ pledgeeId: pledgee, units, paidFen: 0n, registrationNumber: storable(registrationNumber) },
    ...{ pledgedAt: at, pledgedTx: tx },
  });
});

ponder.on("Receivables:EncumbranceFollowed", async ({ event, context: { db } }) => {
  const { encumbrance: id, holder } = event.args;
  await db.update(encumbrance, { id }).set({ holder });
});

ponder.on("Receivables:EncumbrancePaid", async ({ event, context: { db } }) => {
  const { encumbrance: id, amountFen, unitsLeft } = event.args;
  const ended = unitsLeft === 0n ? ({ status: "paid", endedAt: event.block.timestamp } as const) : {};
  await db.update(encumbrance, { id }).set((row) => ({ paidFen: row.paidFen + amountFen, ...ended }));
});

ponder.on("Receivables:EncumbranceReleased", async ({ event, context: { db } }) => {
  await db
    .update(encumbrance, { id: event.args.encumbrance })
    .set({ status: "released", endedAt: event.block.timestamp });
});
