import { type Context, ponder } from "ponder:registry";
import { eventId, moment } from "../types/events.ts";
import { margin, marginMovement } from "./schema.ts";

type Movement = Omit<typeof marginMovement.$inferInsert, "id" | "movedAt" | "movedTx">;

/** Money or terms, one at a time. */
ponder.on("TradeEscrow:MarginLocked", async ({ event, context: { db } }) => {
  const { participant: participantId, lockedFen, termsFen } = event.args;
  await db
    .insert(margin)
    .values({
      ...{ participantId, escrow: event.log.address, lockedFen, termsFen },
      ...{ announcedLockedFen: 0n, announcedTermsFen: 0n, drawnLockedFen: 0n, drawnTermsFen: 0n },
    })
    .onConflictDoUpdate((row) => ({ lockedFen: row.lockedFen + lockedFen, termsFen: row.termsFen + termsFen }));
  await record(db, event, { participantId, kind: lockedFen > 0n ? "locked" : "allowed", lockedFen, termsFen });
});

/** What a round draws stays held: it is the trades' then. */
ponder.on("TradeEscrow:MarginDrawn", async ({ event, context: { db } }) => {
  const { round, participants } = event.args;
  for (const [index, participantId] of participants.entries()) {
    const [lockedFen, termsFen] = [event.args.lockedFen[index] ?? 0n, event.args.termsFen[index] ?? 0n];
    await db.update(margin, { participantId }).set((row) => ({
      lockedFen: row.lockedFen - lockedFen,
      termsFen: row.termsFen - termsFen,
      drawnLockedFen: row.drawnLockedFen + lockedFen,
      drawnTermsFen: row.drawnTermsFen + termsFen,
    }));
    await record(db, event, { participantId, kind: "drawn", lockedFen, termsFen, round }, index);
  }
});

ponder.on("TradeEscrow:MarginReleaseAnnounced", async ({ event, context: { db } }) => {
  const { participant: participantId, lockedFen, termsFen, due: releasableAt } = event.args;
  await db
    .update(margin, { participantId })
    .set({ announcedLockedFen: lockedFen, announcedTermsFen: termsFen, releasableAt });
  await record(db, event, { participantId, kind: "announced", lockedFen, termsFen, releasableAt });
});

ponder.on("TradeEscrow:MarginReleased", async ({ event, context: { db } }) => {
  const { participant: participantId, lockedFen, termsFen } = event.args;
  await db.update(margin, { participantId }).set((row) => ({
    ...{ lockedFen: row.lockedFen - lockedFen, termsFen: row.termsFen - termsFen },
    ...{ announcedLockedFen: 0n, announcedTermsFen: 0n, releasableAt: null },
  }));
  await record(db, event, { participantId, kind: "released", lockedFen, termsFen });
});

/** One event moves the margin of many. */
async function record(db: Context["db"], event: Parameters<typeof eventId>[0], movement: Movement, index = 0) {
  const { at, tx } = moment(event);
  await db.insert(marginMovement).values({ id: `${eventId(event)}-${index}`, ...movement, movedAt: at, movedTx: tx });
}
