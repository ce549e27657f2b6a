import { ponder } from "ponder:registry";
import { zeroHash } from "viem";
import { subjectOf } from "../../../sdk/documents/subject.ts";
import { moment } from "../types/events.ts";
import { word } from "../types/words.ts";
import { readerColumns } from "./reader.ts";
import { document, documentKind, documentReader, subjectKind } from "./schema.ts";

ponder.on("DocumentRegistry:DocumentAnchored", async ({ event, context: { db } }) => {
  const { id, document: anchored } = event.args;
  const { reader: owner, participantId: ownerId } = readerColumns(event.args.owner);
  const { size, ciphertextHash, commitment, predecessor } = anchored;
  const predecessorId = predecessor === zeroHash ? null : predecessor;
  const { at, tx } = moment(event);
  await db.insert(document).values({
    ...{ id, owner, ownerId, kind: word(documentKind, anchored.kind) },
    ...{ subjectKind: word(subjectKind, anchored.subjectKind), ...columnsOf(subjectOf(anchored)) },
    ...{ size, ciphertextHash, commitment, predecessorId, anchoredAt: at, anchoredTx: tx },
  });
  if (predecessorId !== null) await db.update(document, { id: predecessorId }).set({ successorId: id });
});

ponder.on("DocumentRegistry:ReaderAdded", async ({ event, context: { db } }) => {
  const { id: documentId, key, envelopeHash } = event.args;
  const addedAt = event.block.timestamp;
  // Who was removed can be added again.
  await db
    .insert(documentReader)
    .values({ documentId, ...readerColumns(event.args.reader), key, envelopeHash, addedAt })
    .onConflictDoUpdate({ key, envelopeHash, addedAt, rewrappedAt: null, removedAt: null });
});

ponder.on("DocumentRegistry:EnvelopeReplaced", async ({ event, context: { db } }) => {
  const { id: documentId, key, envelopeHash } = event.args;
  await db
    .update(documentReader, { documentId, readerId: event.args.reader })
    .set({ key, envelopeHash, rewrappedAt: event.block.timestamp });
});

ponder.on("DocumentRegistry:ReaderRemoved", async ({ event, context: { db } }) => {
  const { id: documentId, reader: readerId } = event.args;
  await db.update(documentReader, { documentId, readerId }).set({ removedAt: event.block.timestamp });
});

/** Numbers that no row of the index can have refer to nothing, and are left out. */
const asInteger = (value: bigint) => (value < 2n ** 31n ? Number(value) : null);

function columnsOf(subject: ReturnType<typeof subjectOf>) {
  switch (subject?.kind) {
    case "Trade":
      return { tradeId: subject.id };
    case "MeterDay":
      return { meterId: subject.meter, meterDay: asInteger(BigInt(subject.day)) };
    case "Debt":
      return { debtId: subject.id };
    case "Receivable":
      return { receivableId: subject.id };
    case "Draft":
      return { draftId: subject.id };
    case "Participant":
      return { participantId: asInteger(subject.id) };
    case undefined:
      return {};
  }
}
