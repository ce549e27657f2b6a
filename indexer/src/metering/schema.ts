import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { DAY_STATES, DIRECTIONS, QUALITIES, SOURCES, VOLTAGES } from "../../../sdk/types/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { participant } from "../identity/schema.ts";

export const direction = onchainEnum("direction", wordsOf(DIRECTIONS));
export const voltage = onchainEnum("voltage", wordsOf(VOLTAGES));
export const energySource = onchainEnum("energy_source", wordsOf(SOURCES));
export const dayState = onchainEnum("day_state", wordsOf(DAY_STATES));
export const quality = onchainEnum("quality", wordsOf(QUALITIES));

export const meter = onchainTable(
  "meter",
  (p) => ({
    id: p.bigint().primaryKey(),
    ownerId: p.integer().notNull(),
    /** Who may trade for the meter: until the day before the next trader's, or for good where there is none. */
    traderId: p.integer().notNull(),
    /**
     * Who was named last, and the first day on which it trades instead. The index has no clock, so that this stays as it is
     * when the day has come: compare it with today.
     */
    nextTraderId: p.integer(),
    nextTraderDay: p.integer(),
    nextTraderDate: p.text(),
    zoneId: p.int8({ mode: "number" }).notNull(),
    direction: direction().notNull(),
    voltage: voltage().notNull(),
    source: energySource().notNull(),
    capacityW: p.bigint().notNull(),
    active: p.boolean().notNull(),
    assetHash: p.hex().notNull(),
    registeredAt: p.bigint().notNull(),
    registeredTx: p.hex().notNull(),
  }),
  (table) => ({
    byOwner: index().on(table.ownerId),
    byTrader: index().on(table.traderId),
    byNextTrader: index().on(table.nextTraderId),
  }),
);

/** One meter and day, "3-2026-11-22": what was metered, what was sold, what became of both. */
export const meterDay = onchainTable(
  "meter_day",
  (p) => ({
    id: p.text().primaryKey(),
    meterId: p.bigint().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    state: dayState().notNull(),
    /** Version in force, 0 before the first report. */
    version: p.integer().notNull(),
    quality: quality(),
    finalisableAt: p.bigint(),
    /** Curve of the version in force. */
    metered: p.integer().array(),
    meteredWh: p.bigint(),
    /** Curve contracted so far: the sum of the day's trades. */
    position: p.integer().array().notNull(),
    positionWh: p.bigint().notNull(),
    /** Wh minted for deliveries and surplus, and delivered but not claimed by the buyers yet. */
    mintedWh: p.bigint().notNull(),
    claimableWh: p.bigint().notNull(),
    /** Wh beyond the position, minted to the owner; empty before. */
    surplusWh: p.bigint(),
    /** Wh of other meters' generation retired against this consumption. */
    retiredWh: p.bigint().notNull(),
    reportedAt: p.bigint(),
    reportedTx: p.hex(),
    finalisedAt: p.bigint(),
    finalisedTx: p.hex(),
    lapsedAt: p.bigint(),
    lapsedTx: p.hex(),
    /** Correction of the final day in force, and from when trades can be adjusted by it; empty if there is none. */
    correctedVersion: p.integer(),
    corrected: p.integer().array(),
    correctedWh: p.bigint(),
    adjustableAt: p.bigint(),
    correctedAt: p.bigint(),
    correctedTx: p.hex(),
  }),
  (table) => ({ byMeter: index().on(table.meterId, table.day), byDay: index().on(table.day) }),
);

/** Every reported version of a meter day, corrections after finalisation included; none edits an old one. */
export const meterDayVersion = onchainTable(
  "meter_day_version",
  (p) => ({
    meterDayId: p.text().notNull(),
    version: p.integer().notNull(),
    quality: quality().notNull(),
    metered: p.integer().array().notNull(),
    meteredWh: p.bigint().notNull(),
    reportedAt: p.bigint().notNull(),
    reportedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.meterDayId, table.version] }) }),
);

export const meterDayAcceptance = onchainTable(
  "meter_day_acceptance",
  (p) => ({
    meterDayId: p.text().notNull(),
    participantId: p.integer().notNull(),
    version: p.integer().notNull(),
    acceptedAt: p.bigint().notNull(),
    acceptedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.meterDayId, table.participantId, table.version] }) }),
);

/** How long days are reported and objected to, from a delivery day on. */
export const meteringWindow = onchainTable("metering_window", (p) => ({
  effectiveDay: p.integer().primaryKey(),
  effectiveDate: p.text().notNull(),
  /** Days after the delivery day until the end of which a first report is accepted. */
  reportDays: p.integer().notNull(),
  /** Hours after a report during which it can be objected to and corrected. */
  objectionHours: p.integer().notNull(),
  setAt: p.bigint().notNull(),
  setTx: p.hex().notNull(),
  /** When they were taken back, before their day. */
  withdrawnAt: p.bigint(),
}));

export const participantMeteringRelations = relations(participant, ({ many }) => ({
  meters: many(meter, { relationName: "owner" }),
  tradedMeters: many(meter, { relationName: "trader" }),
  nextTradedMeters: many(meter, { relationName: "nextTrader" }),
}));

export const meterRelations = relations(meter, ({ one, many }) => ({
  owner: one(participant, { relationName: "owner", fields: [meter.ownerId], references: [participant.id] }),
  trader: one(participant, { relationName: "trader", fields: [meter.traderId], references: [participant.id] }),
  nextTrader: one(participant, {
    ...{ relationName: "nextTrader", fields: [meter.nextTraderId], references: [participant.id] },
  }),
  days: many(meterDay),
}));

export const meterDayRelations = relations(meterDay, ({ one, many }) => ({
  meter: one(meter, { fields: [meterDay.meterId], references: [meter.id] }),
  versions: many(meterDayVersion),
  acceptances: many(meterDayAcceptance),
}));

export const meterDayVersionRelations = relations(meterDayVersion, ({ one }) => ({
  meterDay: one(meterDay, { fields: [meterDayVersion.meterDayId], references: [meterDay.id] }),
}));

export const meterDayAcceptanceRelations = relations(meterDayAcceptance, ({ one }) => ({
  meterDay: one(meterDay, { fields: [meterDayAcceptance.meterDayId], references: [meterDay.id] }),
  participant: one(participant, { fields: [meterDayAcceptance.participantId], references: [participant.id] }),
}));
