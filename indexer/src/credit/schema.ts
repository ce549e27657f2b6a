import { onchainTable, relations } from "ponder";
import { participant } from "../identity/schema.ts";

/** What is counted of a participant's reliability, see docs/credit/grades.md; the grade is read from the ledger, by the day. */
export const creditCounter = onchainTable("credit_counter", (p) => ({
  participantId: p.integer().primaryKey(),
  /** Trades sold. */
  sales: p.integer().notNull(),
  /** Trades sold with a deviation charge. */
  salesCharged: p.integer().notNull(),
  /** Trades sold and settled late. */
  salesLate: p.integer().notNull(),
  /** Trades sold and ruled on. */
  salesRuled: p.integer().notNull(),
  /** Contracted in settled trades sold. */
  soldWh: p.bigint().notNull(),
  /** Delivered in settled trades sold. */
  soldDeliveredWh: p.bigint().notNull(),
  /** Trades bought. */
  purchases: p.integer().notNull(),
  /** Trades bought with a deviation charge to the seller. */
  purchasesCharged: p.integer().notNull(),
  /** Trades bought and settled late. */
  purchasesLate: p.integer().notNull(),
  /** Trades bought and ruled on. */
  purchasesRuled: p.integer().notNull(),
  /** Contracted in settled trades bought. */
  boughtWh: p.bigint().notNull(),
  /** Delivered in settled trades bought. */
  boughtDeliveredWh: p.bigint().notNull(),
  /** Trades that count for nothing: between affiliates, or meters of one owner. */
  tradesLeftOut: p.integer().notNull(),
  /** Debts discharged on time. */
  dischargedOnTime: p.integer().notNull(),
  /** Debts discharged late. */
  dischargedLate: p.integer().notNull(),
  /** Days by which debts were discharged late, in all. */
  daysLate: p.integer().notNull(),
  /** Debts unpaid after the days of grace. */
  defaults: p.integer().notNull(),
  /** Debts unpaid for 60 days. */
  arrears: p.integer().notNull(),
  /** Of the arrears, how many are not discharged. */
  arrearsStanding: p.integer().notNull(),
  /** Debts written off. */
  writtenOff: p.integer().notNull(),
}));

export const participantCreditRelations = relations(participant, ({ one }) => ({
  credit: one(creditCounter, { fields: [participant.id], references: [creditCounter.participantId] }),
}));

export const creditCounterRelations = relations(creditCounter, ({ one }) => ({
  participant: one(participant, { fields: [creditCounter.participantId], references: [participant.id] }),
}));
