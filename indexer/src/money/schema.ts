import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { participant } from "../identity/schema.ts";

export const depositEntryKind = onchainEnum("deposit_entry_kind", ["issued", "redeemed"]);

/** A participant's money. */
export const depositAccount = onchainTable("deposit_account", (p) => ({
  /** Wider than participants' numbers are: anybody can make the token name any number as payer of nothing. */
  participantId: p.int8({ mode: "number" }).primaryKey(),
  /** What is in it, holds included. */
  balanceFen: p.bigint().notNull(),
  /** Held of it for others. */
  heldFen: p.bigint().notNull(),
  /** Issued to it in all. */
  issuedFen: p.bigint().notNull(),
  /** Redeemed from it in all. */
  redeemedFen: p.bigint().notNull(),
  /** The settlement bank that keeps the account, on which the balance is a claim; null while none does. */
  bankId: p.integer(),
  /** Whether a court froze it. */
  frozen: p.boolean().notNull(),
  /** Why; null if it is not frozen. */
  frozenReason: p.hex(),
}));

/** A settlement bank, from its first cap on. */
export const settlementBank = onchainTable("settlement_bank", (p) => ({
  participantId: p.integer().primaryKey(),
  /** How far the position may grow by issuing; 0 while the bank is closed. */
  capFen: p.bigint().notNull(),
  /** Issued in all. */
  issuedFen: p.bigint().notNull(),
  /** Redeemed in all. */
  redeemedFen: p.bigint().notNull(),
  /** Received from other banks. */
  receivedFen: p.bigint().notNull(),
  /** Paid to other banks. */
  paidFen: p.bigint().notNull(),
  /** Issued less redeemed, plus received, less paid: the money it has for deposits. Negative where it paid out for others. */
  positionFen: p.bigint().notNull(),
  /** Balances of its customers. What they exceed the position by, the other banks owe it. */
  depositsFen: p.bigint().notNull(),
}));

/** Money that one bank paid another outside, confirmed by the receiver. */
export const bankSettlement = onchainTable(
  "bank_settlement",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    fromBankId: p.integer().notNull(),
    toBankId: p.integer().notNull(),
    /** How much. */
    amountFen: p.bigint().notNull(),
    /** Hash that names it in the banks' books. */
    bankReference: p.hex().notNull(),
    settledAt: p.bigint().notNull(),
    settledTx: p.hex().notNull(),
  }),
  (table) => ({ byFrom: index().on(table.fromBankId), byTo: index().on(table.toBankId) }),
);

/** A participant whose account another bank keeps from then on. */
export const accountMove = onchainTable(
  "account_move",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    participantId: p.integer().notNull(),
    /** Participant that was its bank. */
    fromBankId: p.integer().notNull(),
    /** Participant that is its bank since. */
    toBankId: p.integer().notNull(),
    /** What the new bank took over as a claim on itself. */
    balanceFen: p.bigint().notNull(),
    movedAt: p.bigint().notNull(),
    movedTx: p.hex().notNull(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

/** What was said of a move that has not taken effect: a bank's word, or a registrar's proposal in a closed bank's place. */
export const pendingMove = onchainTable(
  "pending_move",
  (p) => ({
    /** Number of the participant that moves. */
    participantId: p.int8({ mode: "number" }).notNull(),
    /** Participant that is to be its bank. */
    toBankId: p.int8({ mode: "number" }).notNull(),
    /** The bank that has given its word; null while none has. */
    confirmedById: p.integer(),
    /** Address of the registrar who proposed it; null where its banks do. */
    registrar: p.hex(),
    /** Id of the document that says why, or keccak256 of a file; null where its banks do it. */
    reasonHash: p.hex(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.toBankId] }) }),
);

/** What one notary contract holds of one participant. */
export const depositHold = onchainTable(
  "deposit_hold",
  (p) => ({
    participantId: p.int8({ mode: "number" }).notNull(),
    /** Address of the contract that holds it. */
    notary: p.hex().notNull(),
    /** Whether the holder lets the notary place new holds. */
    allowed: p.boolean().notNull(),
    /** What is held. */
    heldFen: p.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.notary] }) }),
);

/** Deposits issued against money the bank received, and redeemed. */
export const depositEntry = onchainTable(
  "deposit_entry",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    participantId: p.integer().notNull(),
    bankId: p.integer().notNull(),
    /** What happened. */
    kind: depositEntryKind().notNull(),
    /** How much. */
    amountFen: p.bigint().notNull(),
    /** Hash that names it in the bank's books. */
    bankReference: p.hex().notNull(),
    bookedAt: p.bigint().notNull(),
    bookedTx: p.hex().notNull(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId), byBank: index().on(table.bankId) }),
);

/** Money that went from one participant to another. */
export const depositTransfer = onchainTable(
  "deposit_transfer",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    senderId: p.integer().notNull(),
    recipientId: p.integer().notNull(),
    /** How much. */
    amountFen: p.bigint().notNull(),
    transferredAt: p.bigint().notNull(),
    transferredTx: p.hex().notNull(),
  }),
  (table) => ({ bySender: index().on(table.senderId), byRecipient: index().on(table.recipientId) }),
);

export const participantMoneyRelations = relations(participant, ({ one, many }) => ({
  deposit: one(depositAccount, { fields: [participant.id], references: [depositAccount.participantId] }),
  depositEntries: many(depositEntry),
  accountMoves: many(accountMove),
  depositsSent: many(depositTransfer, { relationName: "sender" }),
  depositsReceived: many(depositTransfer, { relationName: "recipient" }),
}));

export const depositAccountRelations = relations(depositAccount, ({ one, many }) => ({
  participant: one(participant, { fields: [depositAccount.participantId], references: [participant.id] }),
  bank: one(settlementBank, { fields: [depositAccount.bankId], references: [settlementBank.participantId] }),
  holds: many(depositHold),
}));

export const settlementBankRelations = relations(settlementBank, ({ one, many }) => ({
  participant: one(participant, { fields: [settlementBank.participantId], references: [participant.id] }),
  customers: many(depositAccount),
  entries: many(depositEntry),
  settlementsPaid: many(bankSettlement, { relationName: "from" }),
  settlementsReceived: many(bankSettlement, { relationName: "to" }),
}));

export const bankSettlementRelations = relations(bankSettlement, ({ one }) => ({
  fromBank: one(settlementBank, {
    relationName: "from",
    fields: [bankSettlement.fromBankId],
    references: [settlementBank.participantId],
  }),
  toBank: one(settlementBank, {
    relationName: "to",
    fields: [bankSettlement.toBankId],
    references: [settlementBank.participantId],
  }),
}));

export const accountMoveRelations = relations(accountMove, ({ one }) => ({
  participant: one(participant, { fields: [accountMove.participantId], references: [participant.id] }),
}));

export const depositHoldRelations = relations(depositHold, ({ one }) => ({
  depositAccount: one(depositAccount, {
    fields: [depositHold.participantId],
    references: [depositAccount.participantId],
  }),
}));

export const depositEntryRelations = relations(depositEntry, ({ one }) => ({
  bank: one(settlementBank, { fields: [depositEntry.bankId], references: [settlementBank.participantId] }),
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
