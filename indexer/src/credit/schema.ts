import { onchainTable, relations } from "ponder";
import { participant } from "../identity/schema.ts";

/** What is counted of a participant's reliability, see docs/credit/grades.md; the grade is read from the ledger, by the day. */
export const creditCounter = onchainTable("credit_counter", (p) => ({
  participantId: p.integer().primaryKey(),
  /** Trades on either side: all, with a deviation charge, settled late, ruled on; energy of those settled. */
  sales: p.integer().notNull(),
  salesCharged: p.integer().notNull(),
  salesLate: p.integer().notNull(),
  salesRuled: p.integer().notNull(),
  soldWh: p.bigint().notNull(),
  soldDeliveredWh: p.bigint().notNull(),
  purchases: p.integer().notNull(),
  purchasesCharged: p.integer().notNull(),
  purchasesLate: p.integer().notNull(),
  purchasesRuled: p.integer().notNull(),
  boughtWh: p.bigint().notNull(),
  boughtDeliveredWh: p.bigint().notNull(),
  /** Trades that count for nothing: between affiliates, or meters of one owner. */
  tradesLeftOut: p.integer().notNull(),
  /** Debts: discharged on time, late and by how many days in all, unpaid after grace, and for 60 days. */
  dischargedOnTime: p.integer().notNull(),
  dischargedLate: p.integer().notNull(),
  daysLate: p.integer().notNull(),
  defaults: p.integer().notNull(),
  arrears: p.integer().notNull(),
  /** Of the arrears, not discharged. */
  arrearsStanding: p.integer().notNull(),
  writtenOff: p.integer().notNull(),
}));

export const participantCreditRelations = relations(participant, ({ one }) => ({
  credit: one(creditCounter, { fields: [participant.id], references: [creditCounter.participantId] }),
}));

export const creditCounterRelations = relations(creditCounter, ({ one }) => ({
  participant: one(participant, { fields: [creditCounter.participantId], references: [participant.id] }),
}));
