import { index, onchainTable, primaryKey, relations } from "ponder";
import { participant } from "../identity/schema.ts";
import { meterDay } from "../metering/schema.ts";

/** kWh of one meter day in one account. */
export const kwhBalance = onchainTable(
  "kwh_balance",
  (p) => ({
    holder: p.hex().notNull(),
    meterDayId: p.text().notNull(),
    participantId: p.integer(),
    meterId: p.bigint().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    tokenId: p.bigint().notNull(),
    energyWh: p.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.holder, table.meterDayId] }),
    byParticipant: index().on(table.participantId),
  }),
);

/** kWh retired against the holder's own metered use of the same day. */
export const retirement = onchainTable(
  "retirement",
  (p) => ({
    id: p.text().primaryKey(),
    participantId: p.integer().notNull(),
    holder: p.hex().notNull(),
    /** Where the energy was generated, and where it was used. */
    meterDayId: p.text().notNull(),
    consumptionMeterId: p.bigint().notNull(),
    consumptionMeterDayId: p.text().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    energyWh: p.bigint().notNull(),
    retiredAt: p.bigint().notNull(),
    retiredTx: p.hex().notNull(),
  }),
  (table) => ({ byParticipant: index().on(table.participantId) }),
);

export const participantEnergyRelations = relations(participant, ({ many }) => ({
  kwhBalances: many(kwhBalance),
  retirements: many(retirement),
}));

export const meterDayEnergyRelations = relations(meterDay, ({ many }) => ({
  kwhBalances: many(kwhBalance),
  /** kWh of this day's generation that were retired, and kWh retired against this day's consumption. */
  retirements: many(retirement, { relationName: "origin" }),
  retiredHere: many(retirement, { relationName: "consumption" }),
}));

export const kwhBalanceRelations = relations(kwhBalance, ({ one }) => ({
  participant: one(participant, { fields: [kwhBalance.participantId], references: [participant.id] }),
  meterDay: one(meterDay, { fields: [kwhBalance.meterDayId], references: [meterDay.id] }),
}));

export const retirementRelations = relations(retirement, ({ one }) => ({
  participant: one(participant, { fields: [retirement.participantId], references: [participant.id] }),
  meterDay: one(meterDay, { relationName: "origin", fields: [retirement.meterDayId], references: [meterDay.id] }),
  consumptionMeterDay: one(meterDay, {
    relationName: "consumption",
    fields: [retirement.consumptionMeterDayId],
    references: [meterDay.id],
  }),
}));
