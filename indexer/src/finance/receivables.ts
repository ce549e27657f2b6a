import { type Context, ponder } from "ponder:registry";
import { type Address, zeroAddress, zeroHash } from "viem";
import { dayOf } from "../../../sdk/types/time.ts";
import { participantAt } from "../identity/participantAt.ts";
import { countOn } from "../kpi/count.ts";
import { countSellerPaid } from "../market/countSellerPaid.ts";
import { trade } from "../market/schema.ts";
import { dayAndDate } from "../types/days.ts";
import { eventId, moment } from "../types/events.ts";
import { collection, receivable, receivableTransfer, receivableUnit, repayment } from "./schema.ts";

ponder.on("Receivables:ReceivableIssued", async ({ event, context: { db } }) => {
  const { id, debtor, creditor, key, terms } = event.args;
  const { at, tx } = moment(event);
  await db.insert(receivable).values({
    id,
    status: "outstanding",
    debtorId: debtor,
    creditorId: creditor,
    tradeId: terms.source === 0n ? null : terms.source,
    draftId: terms.draft === 0n ? null : terms.draft,
    key,
    invoiceHash: terms.invoiceHash === zeroHash ? null : terms.invoiceHash,
    ...dayAndDate(terms.issueDay, "issue"),
    ...dayAndDate(terms.dueDay, "due"),
    graceDays: terms.graceDays,
    lateRateBp: BigInt(terms.lateRateBp),
    faceFen: terms.faceFen,
    repaidFen: 0n,
    collectedFen: 0n,
    lateFeePaidFen: 0n,
    lateFeeCollectedFen: 0n,
    issuedAt: at,
    issuedTx: tx,
  });
  await countOn(db, terms.dueDay, { dueFen: terms.faceFen });
  if (terms.source !== 0n) await db.update(trade, { id: terms.source }).set({ receivableId: id });
});

ponder.on("Receivables:TransferSingle", async ({ event, context: { db } }) => {
  const { from, to, id, value } = event.args;
  await move(db, event, { from, to, id, units: value, entry: eventId(event) });
});

ponder.on("Receivables:TransferBatch", async ({ event, context: { db } }) => {
  const { from, to, ids, values } = event.args;
  for (const [index, id] of ids.entries()) {
    await move(db, event, { from, to, id, units: values[index] ?? 0n, entry: `${eventId(event)}-${index}` });
  }
});

ponder.on("Receivables:ReceivableRepaid", async ({ event, context: { db } }) => {
  const { id, amountFen, repaidFen } = event.args;
  const { at, tx } = moment(event);
  const { debtorId, dueDay, defaultedAt } = await db
    .update(receivable, { id })
    .set((row) => ({ repaidFen, ...(repaidFen === row.faceFen ? { status: "repaid", repaidAt: at } : {}) }));
  await db.insert(repayment).values({
    ...{ id: eventId(event), receivableId: id, debtorId, part: "faceValue", amountFen, repaidFen },
    ...{ repaidAt: at, repaidTx: tx },
  });
  await countOn(db, dueDay, dayOf(at) <= dueDay ? { paidInTimeFen: amountFen } : { paidLateFen: amountFen });
  if (defaultedAt !== null) await countOn(db, dueDay, { recoveredFen: amountFen });
});

ponder.on("Receivables:LateFeePaid", async ({ event, context: { db } }) => {
  const { id, amountFen, paidFen } = event.args;
  const { at, tx } = moment(event);
  const { debtorId } = await db.update(receivable, { id }).set({ lateFeePaidFen: paidFen });
  await db.insert(repayment).values({
    ...{ id: eventId(event), receivableId: id, debtorId, part: "lateFee", amountFen, repaidFen: paidFen },
    ...{ repaidAt: at, repaidTx: tx },
  });
});

ponder.on("Receivables:ReceivableCollected", async ({ event, context: { db } }) => {
  const { id, holder, participant, amountFen } = event.args;
  const { at, tx } = moment(event);
  const { tradeId, creditorId } = await db
    .update(receivable, { id })
    .set((row) => ({ collectedFen: row.collectedFen + amountFen }));
  if (tradeId !== null && participant === creditorId) await countSellerPaid(db, tradeId, at, amountFen);
  await db
    .update(receivableUnit, { receivableId: id, holder })
    .set((row) => ({ collectedFen: row.collectedFen + amountFen }));
  await db.insert(collection).values({
    ...{ id: eventId(event), receivableId: id, participantId: participant, holder, part: "faceValue", amountFen },
    ...{ collectedAt: at, collectedTx: tx },
  });
});

ponder.on("Receivables:LateFeeCollected", async ({ event, context: { db } }) => {
  const { id, holder, participant, amountFen } = event.args;
  const { at, tx } = moment(event);
  await db.update(receivable, { id }).set((row) => ({ lateFeeCollectedFen: row.lateFeeCollectedFen + amountFen }));
  await db.insert(collection).values({
    ...{ id: eventId(event), receivableId: id, participantId: participant, holder, part: "lateFee", amountFen },
    ...{ collectedAt: at, collectedTx: tx },
  });
});

ponder.on("Receivables:ReceivableDefaulted", async ({ event, context: { db } }) => {
  const { at, tx } = moment(event);
  const { dueDay, faceFen, repaidFen } = await db
    .update(receivable, { id: event.args.id })
    .set({ status: "defaulted", defaultedAt: at, defaultedTx: tx });
  await countOn(db, dueDay, { defaultedFen: faceFen - repaidFen });
});

ponder.on("Receivables:RecoveryStarted", async ({ event, context: { db } }) => {
  const { id, participant: recovererId, evidenceHash: recoveryEvidenceHash } = event.args;
  const { at: recoveringAt, tx: recoveringTx } = moment(event);
  await db
    .update(receivable, { id })
    .set({ status: "recovering", recoveringAt, recoveringTx, recovererId, recoveryEvidenceHash });
});

ponder.on("Receivables:ReceivableWrittenOff", async ({ event, context: { db } }) => {
  const { id, outstandingFen, evidenceHash: writeOffEvidenceHash } = event.args;
  const { at: writtenOffAt, tx: writtenOffTx } = moment(event);
  const { dueDay } = await db
    .update(receivable, { id })
    .set({ status: "writtenOff", writtenOffAt, writtenOffTx, writeOffEvidenceHash });
  await countOn(db, dueDay, { writtenOffFen: outstandingFen });
});

ponder.on("Receivables:ReceivableFrozen", async ({ event, context: { db } }) => {
  const { id, until } = event.args;
  await db.update(receivable, { id }).set({ frozenUntil: until === 0 ? null : BigInt(until) });
});

/** Units are minted at issue and burned as they are collected; in between a transfer passes the claim on. */
async function move(
  db: Context["db"],
  event: Parameters<typeof moment>[0],
  { from, to, id, units, entry }: { from: Address; to: Address; id: bigint; units: bigint; entry: string },
) {
  // Anybody can move nothing of a claim that never was.
  if (units === 0n) return;
  const senderId = from === zeroAddress ? null : await participantAt(db, from);
  const recipientId = to === zeroAddress ? null : await participantAt(db, to);
  if (from !== zeroAddress) await changeUnits(db, id, from, senderId, -units);
  if (to !== zeroAddress) await changeUnits(db, id, to, recipientId, units);
  if (from === zeroAddress || to === zeroAddress) return;
  // Nothing is passed on between two accounts of one participant.
  if (senderId !== null && senderId === recipientId) return;
  const { at, tx } = moment(event);
  await db.insert(receivableTransfer).values({
    ...{ id: entry, receivableId: id, senderId, recipientId, from, to, units },
    ...{ transferredAt: at, transferredTx: tx },
  });
}

async function changeUnits(
  db: Context["db"],
  receivableId: bigint,
  holder: Address,
  participantId: number | null,
  units: bigint,
) {
  await db
    .insert(receivableUnit)
    .values({ receivableId, holder, participantId, units, collectedFen: 0n })
    .onConflictDoUpdate((row) => ({ units: row.units + units }));
}
