import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { participant } from "../identity/schema.ts";

export const depositEntryKind = onchainEnum("deposit_entry_kind", ["issued", "redeemed"]);

export const depositAccount = onchainTable("deposit_account", (p) => ({
  /** Wider than participants' numbers are: anybody can make the token name any number as payer of nothing. */
  participantId: p.int8({ mode: "number" }).primaryKey(),
  /** Holds included. */
  balanceFen: p.bigint().notNull(),
  heldFen: p.bigint().notNull(),
  issuedFen: p.bigint().notNull(),
  redeemedFen: p.bigint().notNull(),
  frozen: p.boolean().notNull(),
  frozenReason: p.hex(),
}));

/** What one notary contract holds of one participant. */
export const depositHold = onchainTable(
  "deposit_hold",
  (p) => ({
    participantId: p.int8({ mode: "number" }).notNull(),
    notary: p.hex().notNull(),
    /** Whether the holder lets the notary place new holds. */
    allowed: p.boolean().notNull(),
    heldFen: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.notary] }) }),
);

/** Deposits issued against money the bank received, and redeemed. */
export const depositEntry = onchainTable(
  "deposit_entry",
  (p) => ({
    id: p.text().primaryKey(),
    participantId: p.integer().notNull(),
    kind: depositEntryKind().notNull(),
    amountFen: p.bigint().notNull(),
    bankReference: p.hex().notNull(),
    bookedAt: p.bigint().notNull(),
    bookedTx: p.hex().notNull(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

/** Money that went from one participant to another. */
export const depositTransfer = onchainTable(
  "deposit_transfer",
  (p) => ({
    id: p.text().primaryKey(),
    senderId: p.integer().notNull(),
    recipientId: p.integer().notNull(),
    amountFen: p.bigint().notNull(),
    transferredAt: p.bigint().notNull(),
    transferredTx: p.hex().notNull(),
  }),
  (table) => ({ bySender: index().on(table.senderId), byRecipient: index().on(table.recipientId) }),
);

export const participantMoneyRelations = relations(participant, ({ one, many }) => ({
  deposit: one(depositAccount, { fields: [participant.id], references: [depositAccount.participantId] }),
  depositEntries: many(depositEntry),
  depositsSent: many(depositTransfer, { relationName: "sender" }),
  depositsReceived: many(depositTransfer, { relationName: "recipient" }),
}));

export const depositAccountRelations = relations(depositAccount, ({ one, many }) => ({
  participant: one(participant, { fields: [depositAccount.participantId], references: [participant.id] }),
  holds: many(depositHold),
}));

export const depositHoldRelations = relations(depositHold, ({ one }) => ({
  depositAccount: one(depositAccount, {
    fields: [depositHold.participantId],
    references: [depositAccount.participantId],
  }),
}));

export const depositEntryRelations = relations(depositEntry, ({ one }) => ({
  participant: one(participant, { fields: [depositEntry.participantId], references: [participant.id] }),
}));

export const depositTransferRelations = relations(depositTransfer, ({ one }) => ({
  sender: one(participant, {
    relationName: "sender",
    fields: [depositTransfer.senderId],
    references: [participant.id],
  }),
  recipient: one(participant, {
    relationName: "recipient",
    fields: [depositTransfer.recipientId],
    references: [participant.id],
  }),
}));
