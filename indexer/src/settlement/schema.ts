import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { TRADE_AMOUNTS } from "../../../sdk/settlement/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { debt } from "../debts/schema.ts";
import { trade } from "../market/schema.ts";

export const tradeAmount = onchainEnum("trade_amount", wordsOf(TRADE_AMOUNTS));

/** What a corrected reading changed about a settled trade: what it comes to by that version. */
export const adjustment = onchainTable(
  "adjustment",
  (p) => ({
    tradeId: p.bigint().notNull(),
    /** Number of the version of the seller's meter day. */
    version: p.integer().notNull(),
    /** Delivered more by it than by the version before; less if negative. */
    differenceWh: p.bigint().notNull(),
    /** Delivered by it, in all. */
    deliveredWh: p.bigint().notNull(),
    /** Due for energy by it. */
    energyFen: p.bigint().notNull(),
    /** Due for the network by it. */
    networkFen: p.bigint().notNull(),
    /** Charged to the seller by it. */
    deviationFen: p.bigint().notNull(),
    adjustedAt: p.bigint().notNull(),
    adjustedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.tradeId, table.version] }) }),
);

/** Which debt an adjustment left, for which amount of the trade. */
export const adjustmentDifference = onchainTable(
  "adjustment_difference",
  (p) => ({
    /** The debt by which it is paid. */
    debtId: p.bigint().primaryKey(),
    /** Number of the trade. */
    tradeId: p.bigint().notNull(),
    /** Number of the version of the seller's meter day. */
    version: p.integer().notNull(),
    /** Which of the trade's amounts. */
    amount: tradeAmount().notNull(),
  }),
  (table) => ({ byAdjustment: index().on(table.tradeId, table.version) }),
);

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
  debt: one(debt, { fields: [adjustmentDifference.debtId], references: [debt.id] }),
}));
