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
  business: p.boolean().notNull(),
  announcedAt: p.bigint().notNull(),
}));

/** Something owed. */
export const debt = onchainTable(
  "debt",
  (p) => ({
    id: p.bigint().primaryKey(),
    code: debtCode().notNull(),
    status: debtStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    issueDay: p.integer().notNull(),
    issueDate: p.text().notNull(),
    /** As agreed; and the last day on which payment is in time, by the calendar as it was when the debt arose. */
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    lastPaymentDay: p.integer().notNull(),
    lastPaymentDate: p.text().notNull(),
    amountFen: p.bigint().notNull(),
    /** Of the amount, paid or set off; late fee likewise; and taken back because it was never owed. */
    paidFen: p.bigint().notNull(),
    lateFeePaidFen: p.bigint().notNull(),
    reducedFen: p.bigint().notNull(),
    /** Whether the creditor's side is divided into units. */
    claimed: p.boolean().notNull(),
    /** What it comes from; and the trade, if it is one. */
    source: p.hex().notNull(),
    tradeId: p.bigint(),
    receivableId: p.bigint(),
    standsStillUntil: p.bigint(),
    postedAt: p.bigint().notNull(),
    postedTx: p.hex().notNull(),
    dischargedAt: p.bigint(),
    dischargedTx: p.hex(),
    defaultedAt: p.bigint(),
    defaultedTx: p.hex(),
    /** Pursued since, by the creditor, a holder of units or its pledgee; given up since; and what either rests on. */
    recoveringAt: p.bigint(),
    recoveringTx: p.hex(),
    recovererId: p.integer(),
    recoveryEvidenceHash: p.hex(),
    writtenOffAt: p.bigint(),
    writtenOffTx: p.hex(),
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
    id: p.text().primaryKey(),
    debtId: p.bigint().notNull(),
    way: debtPaymentWay().notNull(),
    /** The other debt of a set-off. */
    againstId: p.bigint(),
    amountFen: p.bigint().notNull(),
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
    poster: p.hex().notNull(),
    code: debtCode().notNull(),
    approvedAt: p.bigint().notNull(),
    approvedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.poster, table.code] }) }),
);

/** Which contract may divide debts into units, for good. */
export const claimBook = onchainTable("claim_book", (p) => ({
  book: p.hex().primaryKey(),
  /** In the order of approval. */
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
