import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { DEBT_CODES, DEBT_STATUSES } from "../../../sdk/debts/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { participant } from "../identity/schema.ts";

export const debtCode = onchainEnum("debt_code", wordsOf(DEBT_CODES));
export const debtStatus = onchainEnum("debt_status", wordsOf(DEBT_STATUSES));

// the index's own words
export const debtPaymentWay = onchainEnum("debt_payment_way", ["paid", "setOff"]);

/** Days of which the calendar says something else than the weekday does. */
export const calendarDay = onchainTable("calendar_day", (p) => ({
  day: p.integer().primaryKey(),
  date: p.text().notNull(),
  /** Whether it is a business day. */
  business: p.boolean().notNull(),
  /** When the calendar said so. */
  announcedAt: p.bigint().notNull(),
}));

/** Something owed. */
export const debt = onchainTable(
  "debt",
  (p) => ({
    /** Number of the debt. */
    id: p.bigint().primaryKey(),
    /** What it is owed for. */
    code: debtCode().notNull(),
    /** Where it stands. */
    status: debtStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    /** The day on which it arose. */
    issueDay: p.integer().notNull(),
    issueDate: p.text().notNull(),
    /** The day agreed for payment. */
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    /** The last day on which payment is in time, by the calendar as it was when the debt arose. */
    lastPaymentDay: p.integer().notNull(),
    lastPaymentDate: p.text().notNull(),
    /** What is owed, without late fee. */
    amountFen: p.bigint().notNull(),
    /** Paid or set off of the amount. */
    paidFen: p.bigint().notNull(),
    /** Paid or set off of the late fee. */
    lateFeePaidFen: p.bigint().notNull(),
    /** Taken back of the amount because it was never owed. */
    reducedFen: p.bigint().notNull(),
    /** Whether the creditor's side is divided into units. */
    claimed: p.boolean().notNull(),
    /** Hash that names what it comes from. */
    source: p.hex().notNull(),
    /** The trade it comes from; null if it comes from none. */
    tradeId: p.bigint(),
    /** The receivable into which the creditor's side was divided. */
    receivableId: p.bigint(),
    /** Until when an arbiter holds it up; null if none does. */
    standsStillUntil: p.bigint(),
    /** When it arose. */
    postedAt: p.bigint().notNull(),
    postedTx: p.hex().notNull(),
    dischargedAt: p.bigint(),
    dischargedTx: p.hex(),
    defaultedAt: p.bigint(),
    defaultedTx: p.hex(),
    /** Since when its creditor, a holder of units or a pledgee pursues it. */
    recoveringAt: p.bigint(),
    recoveringTx: p.hex(),
    /** Who pursues it. */
    recovererId: p.integer(),
    /** Id of the document on which the pursuit rests, or keccak256 of its file. */
    recoveryEvidenceHash: p.hex(),
    /** When it was given up. */
    writtenOffAt: p.bigint(),
    writtenOffTx: p.hex(),
    /** Id of the document on which giving it up rests, or keccak256 of its file. */
    writeOffEvidenceHash: p.hex(),
  }),
  (table) => ({
    byDebtor: index().on(table.debtorId),
    byCreditor: index().on(table.creditorId),
    byTrade: index().on(table.tradeId),
    byDueDay: index().on(table.dueDay),
  }),
);

/** A payment of a debt, or a set-off against another; late fee comes first. */
export const debtPayment = onchainTable(
  "debt_payment",
  (p) => ({
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    debtId: p.bigint().notNull(),
    /** Whether it was paid, or set off against another debt. */
    way: debtPaymentWay().notNull(),
    /** The other debt of a set-off; null for a payment. */
    againstId: p.bigint(),
    /** Paid of the amount. */
    amountFen: p.bigint().notNull(),
    /** Paid of the late fee. */
    lateFeeFen: p.bigint().notNull(),
    paidAt: p.bigint().notNull(),
    paidTx: p.hex().notNull(),
  }),
  (table) => ({ byDebt: index().on(table.debtId) }),
);

/** Which contract may post debts of which code, for good. */
export const debtPoster = onchainTable(
  "debt_poster",
  (p) => ({
    /** Address of the contract. */
    poster: p.hex().notNull(),
    /** What it may post debts for. */
    code: debtCode().notNull(),
    approvedAt: p.bigint().notNull(),
    approvedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.poster, table.code] }) }),
);

/** Which contract may divide debts into units, for good. */
export const claimBook = onchainTable("claim_book", (p) => ({
  /** Address of the contract. */
  book: p.hex().primaryKey(),
  /** Its number in the order of approval. */
  number: p.integer().notNull(),
  approvedAt: p.bigint().notNull(),
  approvedTx: p.hex().notNull(),
}));

export const participantDebtRelations = relations(participant, ({ many }) => ({
  debtsOwed: many(debt, { relationName: "debtor" }),
  debtsDue: many(debt, { relationName: "creditor" }),
}));

export const debtRelations = relations(debt, ({ one, many }) => ({
  debtor: one(participant, { relationName: "debtor", fields: [debt.debtorId], references: [participant.id] }),
  creditor: one(participant, { relationName: "creditor", fields: [debt.creditorId], references: [participant.id] }),
  /** Who pursues its debtor. */
  recoverer: one(participant, {
    relationName: "recoverer",
    fields: [debt.recovererId],
    references: [participant.id],
  }),
  payments: many(debtPayment, { relationName: "debt" }),
}));

export const debtPaymentRelations = relations(debtPayment, ({ one }) => ({
  debt: one(debt, { relationName: "debt", fields: [debtPayment.debtId], references: [debt.id] }),
  against: one(debt, { relationName: "against", fields: [debtPayment.againstId], references: [debt.id] }),
}));
