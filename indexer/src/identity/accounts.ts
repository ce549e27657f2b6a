import { type Context, ponder } from "ponder:registry";
import { account, accountReplacement, participant } from "./schema.ts";

ponder.on("ParticipantRegistry:AccountProposed", async ({ event, context: { db } }) => {
  const { id, account: proposed, registrar, reasonHash } = event.args;
  const { account: former, replacements } = await db
    .update(participant, { id })
    .set((row) => ({ replacements: row.replacements + 1 }));
  await db.insert(accountReplacement).values({
    ...{ participantId: id, number: replacements, status: "proposed", former, account: proposed, reasonHash },
    ...{ proposedBy: registrar, proposedAt: event.block.timestamp },
  });
});

ponder.on("ParticipantRegistry:AccountApproved", async ({ event, context: { db } }) => {
  const { id, registrar, completableAt } = event.args;
  await change(db, id, { status: "approved", approvedBy: registrar, completableAt: BigInt(completableAt) });
});

ponder.on("ParticipantRegistry:ReplacementObjected", async ({ event, context: { db } }) => {
  await change(db, event.args.id, { status: "objected", endedAt: event.block.timestamp });
});

ponder.on("ParticipantRegistry:ReplacementWithdrawn", async ({ event, context: { db } }) => {
  const { id, registrar } = event.args;
  await change(db, id, { status: "withdrawn", withdrawnBy: registrar, endedAt: event.block.timestamp });
});

/** What is kept by participant follows by itself; units of tokens stay with the former account until they are moved. */
ponder.on("ParticipantRegistry:AccountReplaced", async ({ event, context: { db } }) => {
  const { id, former, account: address } = event.args;
  const at = event.block.timestamp;
  await change(db, id, { status: "completed", endedAt: at });
  await db.update(participant, { id }).set({ account: address });
  await db.update(account, { address: former }).set({ replacedAt: at, replacedBy: address });
  await db.insert(account).values({ address, participantId: id, since: at });
});

/** The latest replacement is the one that waits: there is never more than one. */
async function change(db: Context["db"], participantId: number, to: Partial<typeof accountReplacement.$inferInsert>) {
  const number = (await db.find(participant, { id: participantId }))?.replacements ?? 0;
  await db.update(accountReplacement, { participantId, number }).set(to);
}
