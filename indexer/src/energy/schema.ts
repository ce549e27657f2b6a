import { index, onchainTable, primaryKey, relations } from "ponder";
import { participant } from "../identity/schema.ts";
import { meterDay } from "../metering/schema.ts";

/** kWh of one meter day in one account. */
export const kwhBalance = onchainTable(
  "kwh_balance",
  (p) => ({
    /** Address of the account. */
    holder: p.hex().notNull(),
    /** The day of a meter on which it was generated. */
    meterDayId: p.text().notNull(),
    /** Whose account it is; null if nobody's. */
    participantId: p.integer(),
    /** The meter that generated it. */
    meterId: p.bigint().notNull(),
    /** The day on which it was generated. */
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** Id of the token (ERC-1155). */
    tokenId: p.bigint().notNull(),
    /** How much is in the account. */
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
    /** Block and place in it of the event. */
    id: p.text().primaryKey(),
    participantId: p.integer().notNull(),
    /** Address of the account. */
    holder: p.hex().notNull(),
    /** The day of the meter that generated it. */
    meterDayId: p.text().notNull(),
    /** The meter that used it. */
    consumptionMeterId: p.bigint().notNull(),
    /** The day of the meter that used it. */
    consumptionMeterDayId: p.text().notNull(),
    /** The day of generation and use. */
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** How much was retired. */
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
