import { type Context, ponder } from "ponder:registry";
import { kindsOf } from "../../../sdk/identity/kinds.ts";
import { dayOf } from "../../../sdk/types/time.ts";
import { countOn } from "../kpi/count.ts";
import { dayAndDate } from "../types/days.ts";
import { word } from "../types/words.ts";
import { account, firmSize, participant, participantProposal, secondFactor } from "./schema.ts";

ponder.on("ParticipantRegistry:ParticipantProposed", async ({ event, context: { db } }) => {
  const { id, registrar, application } = event.args;
  const applied = {
    account: application.account,
    size: word(firmSize, application.size),
    kinds: kindsOf(application.kinds),
    ...dayAndDate(application.validUntil, "validUntil"),
    credentialHash: application.credentialHash,
    secondFactor: application.secondFactor,
    exposureLimitFen: application.exposureLimitFen,
    controller: application.controller,
  };
  const proposedAt = event.block.timestamp;

  const known = await db.find(participant, { id });
  const number = (known?.proposals ?? 0) + 1;
  if (known === null) {
    await db.insert(participant).values({ id, status: "proposed", ...applied, proposals: 1, proposedAt });
  } else {
    // What is in force stays so until a second registrar approves; a proposal still waiting gives way to this one.
    const before = { participantId: id, number: known.proposals };
    await db
      .update(participantProposal, before)
      .set((row) => (row.decision === "pending" ? { decision: "replaced" } : {}));
    await db.update(participant, { id }).set({ proposals: number });
  }
  await db
    .insert(participantProposal)
    .values({ participantId: id, number, decision: "pending", proposedBy: registrar, ...applied, proposedAt });
});

ponder.on("ParticipantRegistry:ParticipantApproved", async ({ event, context: { db } }) => {
  const { id, registrar } = event.args;
  const approved = await decide(db, id, "approved", registrar, event.block.timestamp);
  const isNew = (await db.find(participant, { id }))?.status === "proposed";
  if (isNew) await countOn(db, dayOf(event.block.timestamp), { participantsRegistered: 1 });
  await db
    .insert(account)
    .values({ address: approved.account, participantId: id, since: event.block.timestamp })
    .onConflictDoNothing();
  await db.update(participant, { id }).set((row) => ({
    // Renewing leaves a suspension as it is.
    ...(row.status === "proposed" ? { status: "active", approvedAt: event.block.timestamp } : {}),
    size: approved.size,
    kinds: approved.kinds,
    validUntilDay: approved.validUntilDay,
    validUntilDate: approved.validUntilDate,
    credentialHash: approved.credentialHash,
    secondFactor: approved.secondFactor,
    exposureLimitFen: approved.exposureLimitFen,
    controller: approved.controller,
  }));
});

ponder.on("ParticipantRegistry:SecondFactorChanged", async ({ event, context: { db } }) => {
  const { id, factor, signer } = event.args;
  await db.update(participant, { id }).set({ factor });
  if (factor === 0) return;
  await db
    .insert(secondFactor)
    .values({ participantId: id, number: factor, signer, enrolledAt: event.block.timestamp });
});

ponder.on("ParticipantRegistry:ParticipantRejected", async ({ event, context: { db } }) => {
  const { id, registrar } = event.args;
  await decide(db, id, "rejected", registrar, event.block.timestamp);
  await db.update(participant, { id }).set((row) => (row.status === "proposed" ? { status: "rejected" } : {}));
});

ponder.on("ParticipantRegistry:ParticipantSuspended", async ({ event, context: { db } }) => {
  await db.update(participant, { id: event.args.id }).set({ status: "suspended", suspensionReason: event.args.reason });
});

ponder.on("ParticipantRegistry:ParticipantReinstated", async ({ event, context: { db } }) => {
  await db.update(participant, { id: event.args.id }).set({ status: "active", suspensionReason: null });
});

async function decide(
  db: Context["db"],
  id: number,
  decision: "approved" | "rejected",
  decidedBy: `0x${string}`,
  decidedAt: bigint,
) {
  const number = (await db.find(participant, { id }))?.proposals ?? 0;
  return db.update(participantProposal, { participantId: id, number }).set({ decision, decidedBy, decidedAt });
}
