import { type Context, ponder } from "ponder:registry";
import { type Address, zeroAddress, zeroHash } from "viem";
import { debt } from "../debts/schema.ts";
import { participantAt } from "../identity/participantAt.ts";
import { isForEnergy } from "../market/isForEnergy.ts";
import { trade } from "../market/schema.ts";
import { dayAndDate } from "../types/days.ts";
import { eventId, moment } from "../types/events.ts";
import { countCreditorPaid } from "./countCreditorPaid.ts";
import { collection, receivable, receivableTransfer, receivableUnit } from "./schema.ts";

ponder.on("Receivables:ReceivableIssued", async ({ event, context: { db } }) => {
  const { id, debt: debtId, creditor, terms, forRecovery, betweenAffiliates } = event.args;
  const { at, tx } = moment(event);
  await db.insert(receivable).values({
    ...{ id, debtId, debtorId: terms.debtor, creditorId: creditor, forRecovery, betweenAffiliates },
    invoiceHash: terms.invoiceHash === zeroHash ? null : terms.invoiceHash,
    ...dayAndDate(terms.issueDay, "issue"),
    ...dayAndDate(terms.dueDay, "due"),
    ...{ faceFen: terms.faceFen, collectedFen: 0n, lateFeeCollectedFen: 0n, issuedAt: at, issuedTx: tx },
  });
  const divided = await db.update(debt, { id: debtId }).set({ receivableId: id });
  if (divided.tradeId !== null && isForEnergy(divided)) {
    await db.update(trade, { id: divided.tradeId }).set({ receivableId: id });
  }
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

ponder.on("Receivables:ReceivableCollected", async ({ event, context: { db } }) => {
  const { id, holder, participant, amountFen } = event.args;
  const { at, tx } = moment(event);
  const { debtId, creditorId } = await db
    .update(receivable, { id })
    .set((row) => ({ collectedFen: row.collectedFen + amountFen }));
  if (participant === creditorId) await countCreditorPaid(db, debtId, at, amountFen);
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
