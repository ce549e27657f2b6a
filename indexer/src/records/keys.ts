import { type Context, ponder } from "ponder:registry";
import type { Address } from "viem";
import { eventId } from "../types/events.ts";
import { readerColumns } from "./reader.ts";
import { documentAuditor, documentReaderCount, readerKey, readerKeyProposal } from "./schema.ts";

ponder.on("DocumentRegistry:KeyProposed", async ({ event, context: { db } }) => {
  const { registrar, x, y } = event.args;
  const named = readerColumns(event.args.reader);
  const { readerId } = named;
  // A row that was found changes with the table.
  const waiting = (await db.find(documentReaderCount, { readerId }))?.proposals ?? 0;
  const number = waiting + 1;
  await db
    .insert(documentReaderCount)
    .values({ readerId, proposals: number, keys: 0 })
    .onConflictDoUpdate({ proposals: number });
  if (waiting > 0) {
    await db
      .update(readerKeyProposal, { readerId, number: waiting })
      .set((row) => (row.decision === "pending" ? { decision: "replaced" } : {}));
  }
  await db.insert(readerKeyProposal).values({
    ...{ ...named, number, decision: "pending", x, y },
    ...{ proposedBy: registrar, proposedAt: event.block.timestamp },
  });
});

ponder.on("DocumentRegistry:KeyApproved", async ({ event, context: { db } }) => {
  const { key: number, registrar, x, y } = event.args;
  const named = readerColumns(event.args.reader);
  const { readerId } = named;
  await decide(db, readerId, "approved", registrar, event.block.timestamp);
  await db.update(documentReaderCount, { readerId }).set({ keys: number });
  await db
    .insert(readerKey)
    .values({ ...named, number, x, y, approvedBy: registrar, approvedAt: event.block.timestamp });
});

ponder.on("DocumentRegistry:KeyRejected", async ({ event, context: { db } }) => {
  await decide(db, event.args.reader, "rejected", event.args.registrar, event.block.timestamp);
});

ponder.on("DocumentRegistry:KeyRetired", async ({ event, context: { db } }) => {
  const { reader: readerId, key: number } = event.args;
  await db.update(readerKey, { readerId, number }).set({ retiredAt: event.block.timestamp });
});

ponder.on("DocumentRegistry:KeyRevoked", async ({ event, context: { db } }) => {
  const { reader: readerId, key: number, reason: revocationReason } = event.args;
  await db.update(readerKey, { readerId, number }).set({ revokedAt: event.block.timestamp, revocationReason });
});

ponder.on("DocumentRegistry:AuditorNamed", async ({ event, context: { db } }) => {
  const { reader } = readerColumns(event.args.auditor);
  await db.insert(documentAuditor).values({ id: eventId(event), reader, namedAt: event.block.timestamp });
});

/** The latest proposal is the one that waits: there is never more than one. */
async function decide(
  db: Context["db"],
  readerId: bigint,
  decision: "approved" | "rejected",
  decidedBy: Address,
  decidedAt: bigint,
) {
  const number = (await db.find(documentReaderCount, { readerId }))?.proposals ?? 0;
  await db.update(readerKeyProposal, { readerId, number }).set({ decision, decidedBy, decidedAt });
}
