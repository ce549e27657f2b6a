import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";
import { DAY_STATES, DIRECTIONS, QUALITIES, SOURCES, VOLTAGES } from "../../../sdk/types/enums.ts";
import { wordsOf } from "../../../sdk/types/words.ts";
import { participant } from "../identity/schema.ts";

export const direction = onchainEnum("direction", wordsOf(DIRECTIONS));
export const voltage = onchainEnum("voltage", wordsOf(VOLTAGES));
export const energySource = onchainEnum("energy_source", wordsOf(SOURCES));
export const dayState = onchainEnum("day_state", wordsOf(DAY_STATES));
export const quality = onchainEnum("quality", wordsOf(QUALITIES));

/** A meter, where it is and who trades for it. */
export const meter = onchainTable(
  "meter",
  (p) => ({
    /** Number of the meter. */
    id: p.bigint().primaryKey(),
    ownerId: p.integer().notNull(),
    /** Who may trade for the meter: until the day before the next trader's, or for good where there is none. */
    traderId: p.integer().notNull(),
    /**
     * Who was named last to trade for it. The index has no clock, so that this stays as it is when the day has come:
     * compare it with today.
     */
    nextTraderId: p.integer(),
    /** The first day on which the next trader trades for it. */
    nextTraderDay: p.integer(),
    nextTraderDate: p.text(),
    /** The zone in which it is. */
    zoneId: p.int8({ mode: "number" }).notNull(),
    /** Which way it counts. */
    direction: direction().notNull(),
    /** Voltage of its connection. */
    voltage: voltage().notNull(),
    /** What drives the generator. */
    source: energySource().notNull(),
    /** Watts that it can give or take. */
    capacityW: p.bigint().notNull(),
    /** Whether it still counts. */
    active: p.boolean().notNull(),
    /** keccak256 of the file that says what it is. */
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

/** A delivery day that has ended, and of how many meters a reading of it is due. */
export const meteringDay = onchainTable("metering_day", (p) => ({
  /** The day of delivery. */
  day: p.integer().primaryKey(),
  date: p.text().notNull(),
  /** How many meters were registered before it and active when it ended. */
  due: p.integer().notNull(),
}));

/**
 * One meter and day, "3-2026-11-22": what was metered, what was sold, what became of both. It is there from the first thing
 * that happens to it, and for an active meter from the end of the day at the latest: `none` is then a missing reading.
 */
export const meterDay = onchainTable(
  "meter_day",
  (p) => ({
    /** Meter and day, such as 3-2026-11-22. */
    id: p.text().primaryKey(),
    meterId: p.bigint().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** Where it stands. */
    state: dayState().notNull(),
    /** Version in force, 0 before the first report. */
    version: p.integer().notNull(),
    /** Whether it was measured or estimated. */
    quality: quality(),
    /** Number of the report under whose root alone it is kept; null once it has a word of its own on the chain. */
    rootId: p.bigint(),
    /** From when it can be made final; null before the first report. */
    finalisableAt: p.bigint(),
    /** Wh metered in each quarter-hour, by the version in force. */
    metered: p.integer().array(),
    /** Metered in all, by the version in force. */
    meteredWh: p.bigint(),
    /** Wh contracted so far: the sum of the day's trades. */
    position: p.integer().array().notNull(),
    /** Contracted so far in all. */
    positionWh: p.bigint().notNull(),
    /** Minted for deliveries and surplus. */
    mintedWh: p.bigint().notNull(),
    /** Delivered, but not claimed by the buyers yet. */
    claimableWh: p.bigint().notNull(),
    /** Beyond the position, minted to the owner; null before. */
    surplusWh: p.bigint(),
    /** Of other meters' generation, retired against this consumption. */
    retiredWh: p.bigint().notNull(),
    /** When the version in force was reported. */
    reportedAt: p.bigint(),
    reportedTx: p.hex(),
    finalisedAt: p.bigint(),
    finalisedTx: p.hex(),
    lapsedAt: p.bigint(),
    lapsedTx: p.hex(),
    /** Number of the correction in force of the final day; null if there is none. */
    correctedVersion: p.integer(),
    /** Wh in each quarter-hour by the correction in force. */
    corrected: p.integer().array(),
    /** In all, by the correction in force. */
    correctedWh: p.bigint(),
    /** From when trades can be adjusted by the correction. */
    adjustableAt: p.bigint(),
    correctedAt: p.bigint(),
    correctedTx: p.hex(),
    /** Number of the version that a participant objected to last; null where nobody has. */
    objectedVersion: p.integer(),
  }),
  (table) => ({
    byMeter: index().on(table.meterId, table.day),
    byDay: index().on(table.day),
    byRoot: index().on(table.rootId),
  }),
);

/** First reports of a day that came together and are kept under one Merkle root. */
export const meterDayRoot = onchainTable(
  "meter_day_root",
  (p) => ({
    /** Number of the root. */
    id: p.bigint().primaryKey(),
    /** Its meters are this x 256 to this x 256 + 255. */
    meterGroup: p.bigint().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** How many meter days came with it; some of them may have words of their own by now. */
    meterDays: p.integer().notNull(),
    /** From when its days can be made final. */
    finalisableAt: p.bigint().notNull(),
    reportedAt: p.bigint().notNull(),
    reportedTx: p.hex().notNull(),
    finalisedAt: p.bigint(),
    finalisedTx: p.hex(),
  }),
  (table) => ({ byDay: index().on(table.day) }),
);

/** Every reported version of a meter day, corrections after finalisation included; none edits an old one. */
export const meterDayVersion = onchainTable(
  "meter_day_version",
  (p) => ({
    meterDayId: p.text().notNull(),
    /** Number of the version, from 1. */
    version: p.integer().notNull(),
    /** Whether it was measured or estimated. */
    quality: quality().notNull(),
    /** Wh metered in each quarter-hour. */
    metered: p.integer().array().notNull(),
    /** Metered in all. */
    meteredWh: p.bigint().notNull(),
    reportedAt: p.bigint().notNull(),
    reportedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.meterDayId, table.version] }) }),
);

/** A participant's word that a version of a meter day is right. */
export const meterDayAcceptance = onchainTable(
  "meter_day_acceptance",
  (p) => ({
    meterDayId: p.text().notNull(),
    participantId: p.integer().notNull(),
    /** Number of the version. */
    version: p.integer().notNull(),
    acceptedAt: p.bigint().notNull(),
    acceptedTx: p.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.meterDayId, table.participantId, table.version] }) }),
);

/** A participant's word that a version of a meter day is wrong, for a reason that stays with it; it moves nothing by itself. */
export const meterDayObjection = onchainTable(
  "meter_day_objection",
  (p) => ({
    meterDayId: p.text().notNull(),
    participantId: p.integer().notNull(),
    /** Number of the version. */
    version: p.integer().notNull(),
    /** keccak256 of the curve objected to. */
    curveHash: p.hex().notNull(),
    /** Id of the document with the reason, or keccak256 of a file. */
    reasonHash: p.hex().notNull(),
    objectedAt: p.bigint().notNull(),
    objectedTx: p.hex().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.meterDayId, table.participantId, table.version] }),
    byParticipant: index().on(table.participantId),
    byTime: index().on(table.objectedAt),
  }),
);

/** How long days are reported and objected to, from a delivery day on. */
export const meteringWindow = onchainTable("metering_window", (p) => ({
  /** The first day for which they hold. */
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
  objections: many(meterDayObjection),
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
  root: one(meterDayRoot, { fields: [meterDay.rootId], references: [meterDayRoot.id] }),
  versions: many(meterDayVersion),
  acceptances: many(meterDayAcceptance),
  objections: many(meterDayObjection),
}));

export const meterDayRootRelations = relations(meterDayRoot, ({ many }) => ({ keptDays: many(meterDay) }));

export const meterDayVersionRelations = relations(meterDayVersion, ({ one }) => ({
  meterDay: one(meterDay, { fields: [meterDayVersion.meterDayId], references: [meterDay.id] }),
}));

export const meterDayAcceptanceRelations = relations(meterDayAcceptance, ({ one }) => ({
  meterDay: one(meterDay, { fields: [meterDayAcceptance.meterDayId], references: [meterDay.id] }),
  participant: one(participant, { fields: [meterDayAcceptance.participantId], references: [participant.id] }),
}));

export const meterDayObjectionRelations = relations(meterDayObjection, ({ one }) => ({
  meterDay: one(meterDay, { fields: [meterDayObjection.meterDayId], references: [meterDay.id] }),
  participant: one(participant, { fields: [meterDayObjection.participantId], references: [participant.id] }),
}));
