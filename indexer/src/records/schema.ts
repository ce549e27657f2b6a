import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { DOCUMENT_KINDS, SUBJECT_KINDS } from "../../../sdk/records/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { debt } from "../debts/schema.ts";
import { claimDraft, receivable } from "../finance/schema.ts";
import { decision, participant } from "../identity/schema.ts";
import { trade } from "../market/schema.ts";

export const documentKind = onchainEnum("document_kind", wordsOf(DOCUMENT_KINDS));
export const subjectKind = onchainEnum("subject_kind", wordsOf(SUBJECT_KINDS));

/** A document for named readers: who owns it, what it is about and how it is recognised; what it says is on no chain. */
export const document = onchainTable(
  "document",
  (p) => ({
    /** keccak256 of chain, registry, owner and commitment: what hash fields such as `credentialHash` hold. */
    id: p.hex().primaryKey(),
    /** Who owns it: the number of a participant, or the account of an office. */
    owner: p.text().notNull(),
    /** The participant that owns it; null for an office. */
    ownerId: p.integer(),
    /** What it is. */
    kind: documentKind().notNull(),
    /** What it is about; `none` where it stands for itself. */
    subjectKind: subjectKind().notNull(),
    /** The trade that it is about. */
    tradeId: p.bigint(),
    /** The meter of the meter day that it is about. */
    meterId: p.bigint(),
    /** The day of the meter day that it is about. */
    meterDay: p.integer(),
    /** The debt that it is about. */
    debtId: p.bigint(),
    /** The receivable that it is about. */
    receivableId: p.bigint(),
    /** The draft of a claim that it is about. */
    draftId: p.bigint(),
    /** The participant that it is about. */
    participantId: p.integer(),
    /** Bytes of the ciphertext. */
    size: p.integer().notNull(),
    /** keccak256 of the ciphertext. */
    ciphertextHash: p.hex().notNull(),
    /** keccak256 of salt, name and file; only readers know the salt. */
    commitment: p.hex().notNull(),
    /** The document that it replaces. */
    predecessorId: p.hex(),
    /** The document that replaced it. */
    successorId: p.hex(),
    anchoredAt: p.bigint().notNull(),
    anchoredTx: p.hex().notNull(),
  }),
  (table) => ({
    byOwner: index().on(table.owner),
    byTrade: index().on(table.tradeId),
    byDraft: index().on(table.draftId),
  }),
);

/** Who reads a document. */
export const documentReader = onchainTable(
  "document_reader",
  (p) => ({
    documentId: p.hex().notNull(),
    /** The reader as the registry numbers it: a participant's number, or the account of an office as a number. */
    readerId: p.bigint().notNull(),
    /** The number of a participant, or the account of an office. */
    reader: p.text().notNull(),
    /** The participant that reads; null for an office. */
    participantId: p.integer(),
    /** Number of the reader's key that its envelope is wrapped for. */
    key: p.integer().notNull(),
    /** The first 28 bytes of keccak256 of its envelope. */
    envelopeHash: p.hex().notNull(),
    addedAt: p.bigint().notNull(),
    /** When its envelope was last replaced, after its key was. */
    rewrappedAt: p.bigint(),
    /** Since when it is handed nothing more; what it read stays read. */
    removedAt: p.bigint(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.documentId, table.readerId] }),
    byReader: index().on(table.reader),
  }),
);

/** Every key that documents were ever wrapped for, numbered from 1 in the order of approval. */
export const readerKey = onchainTable(
  "reader_key",
  (p) => ({
    /** The reader as the registry numbers it: a participant's number, or the account of an office as a number. */
    readerId: p.bigint().notNull(),
    /** The number of a participant, or the account of an office. */
    reader: p.text().notNull(),
    /** Its number among the reader's, from 1; the last that was neither retired nor revoked is in force. */
    number: p.integer().notNull(),
    /** The participant whose key it is; null for an office. */
    participantId: p.integer(),
    /** The point of P-256: its first coordinate. */
    x: p.hex().notNull(),
    /** Its second coordinate. */
    y: p.hex().notNull(),
    /** Address of the registrar who approved it. */
    approvedBy: p.hex().notNull(),
    approvedAt: p.bigint().notNull(),
    /** When its holder ended it. */
    retiredAt: p.bigint(),
    /** When compliance ended it. */
    revokedAt: p.bigint(),
    /** Why compliance ended it: a document, or keccak256 of a file. */
    revocationReason: p.hex(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.readerId, table.number] }) }),
);

/** Keys that one registrar proposed and a second one decided on, in the order of proposal. */
export const readerKeyProposal = onchainTable(
  "reader_key_proposal",
  (p) => ({
    /** The reader as the registry numbers it: a participant's number, or the account of an office as a number. */
    readerId: p.bigint().notNull(),
    /** The number of a participant, or the account of an office. */
    reader: p.text().notNull(),
    /** Its number among the reader's proposals, from 1. */
    number: p.integer().notNull(),
    /** The participant whose key it is to be; null for an office. */
    participantId: p.integer(),
    /** What came of it. */
    decision: decision().notNull(),
    /** The point of P-256: its first coordinate. */
    x: p.hex().notNull(),
    /** Its second coordinate. */
    y: p.hex().notNull(),
    /** Address of the registrar who proposed. */
    proposedBy: p.hex().notNull(),
    /** Address of the registrar who decided; null until then. */
    decidedBy: p.hex(),
    proposedAt: p.bigint().notNull(),
    decidedAt: p.bigint(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.readerId, table.number] }) }),
);

/** How many proposals and keys a reader has had. */
export const documentReaderCount = onchainTable("document_reader_count", (p) => ({
  /** The reader as the registry numbers it: a participant's number, or the account of an office as a number. */
  readerId: p.bigint().primaryKey(),
  /** How many keys were proposed for it. */
  proposals: p.integer().notNull(),
  /** Number of the latest key. */
  keys: p.integer().notNull(),
}));

/** Who reads every document that is anchored from a moment on. */
export const documentAuditor = onchainTable("document_auditor", (p) => ({
  /** Block and position of the event. */
  id: p.text().primaryKey(),
  /** The number of a participant, or the account of an office. */
  reader: p.text().notNull(),
  namedAt: p.bigint().notNull(),
}));

export const documentRelations = relations(document, ({ one, many }) => ({
  ownedBy: one(participant, { fields: [document.ownerId], references: [participant.id] }),
  trade: one(trade, { fields: [document.tradeId], references: [trade.id] }),
  debt: one(debt, { fields: [document.debtId], references: [debt.id] }),
  receivable: one(receivable, { fields: [document.receivableId], references: [receivable.id] }),
  draft: one(claimDraft, { fields: [document.draftId], references: [claimDraft.id] }),
  participant: one(participant, { fields: [document.participantId], references: [participant.id] }),
  readers: many(documentReader),
}));

export const documentReaderRelations = relations(documentReader, ({ one }) => ({
  document: one(document, { fields: [documentReader.documentId], references: [document.id] }),
  participant: one(participant, { fields: [documentReader.participantId], references: [participant.id] }),
}));
