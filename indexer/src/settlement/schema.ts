import { index, onchainTable, primaryKey, relations } from "ponder";
import { participant } from "../identity/schema.ts";
import { payableKind, payableStatus, trade } from "../market/schema.ts";

/** What a corrected reading changed about a settled trade: what it comes to by that version. */
export const adjustment = onchainTable(
  "adjustment",
  (p) => ({
    tradeId: p.bigint().notNull(),
    /** Of the seller's meter day. */
    version: p.integer().notNull(),
    /** More, or less, than by the version before. */
    differenceWh: p.bigint().notNull(),
    deliveredWh: p.bigint().notNull(),
    energyFen: p.bigint().notNull(),
    networkFen: p.bigint().notNull(),
    deviationFen: p.bigint().notNull(),
    adjustedAt: p.bigint().notNull(),
    adjustedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.tradeId, table.version] }) }),
);

/** A difference that somebody owes out of an adjustment. */
export const adjustmentDifference = onchainTable(
  "adjustment_difference",
  (p) => ({
    tradeId: p.bigint().notNull(),
    version: p.integer().notNull(),
    kind: payableKind().notNull(),
    status: payableStatus().notNull(),
    debtorId: p.integer().notNull(),
    creditorId: p.integer().notNull(),
    dueDay: p.integer().notNull(),
    dueDate: p.text().notNull(),
    amountFen: p.bigint().notNull(),
    /** Late fee, annual rate, basis points, actual/360; and what was paid of it with the difference. */
    lateRateBp: p.bigint().notNull(),
    lateFeeFen: p.bigint(),
    recordedAt: p.bigint().notNull(),
    paidAt: p.bigint(),
    paidTx: p.hex(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.tradeId, table.version, table.kind] }),
    byDebtor: index().on(table.debtorId),
    byCreditor: index().on(table.creditorId),
  }),
);

export const participantSettlementRelations = relations(participant, ({ many }) => ({
  differencesOwed: many(adjustmentDifference, { relationName: "debtor" }),
  differencesDue: many(adjustmentDifference, { relationName: "creditor" }),
}));

export const tradeSettlementRelations = relations(trade, ({ many }) => ({ adjustments: many(adjustment) }));

export const adjustmentRelations = relations(adjustment, ({ one, many }) => ({
  trade: one(trade, { fields: [adjustment.tradeId], references: [trade.id] }),
  differences: many(adjustmentDifference),
}));

export const adjustmentDifferenceRelations = relations(adjustmentDifference, ({ one }) => ({
  adjustment: one(adjustment, {
    fields: [adjustmentDifference.tradeId, adjustmentDifference.version],
    references: [adjustment.tradeId, adjustment.version],
  }),
  debtor: one(participant, {
    relationName: "debtor",
    fields: [adjustmentDifference.debtorId],
    references: [participant.id],
  }),
  creditor: one(participant, {
    relationName: "creditor",
    fields: [adjustmentDifference.creditorId],
    references: [participant.id],
  }),
}));
