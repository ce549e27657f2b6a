import { index, onchainTable, primaryKey } from "ponder";

/** Counters of one Shanghai day that add up over days; shares and averages are computed when asked for, never stored. */
export const kpiDay = onchainTable("kpi_day", (p) => ({
  day: p.integer().primaryKey(),
  date: p.text().notNull(),
  /** Approved for the first time. */
  participantsRegistered: p.integer().notNull(),
  tradesOpened: p.integer().notNull(),
  /** Settled on this day, and how many of them by a corrected reading, or adjusted by one until now. */
  tradesSettled: p.integer().notNull(),
  tradesCorrected: p.integer().notNull(),
  /** Delivered by them, and how much of it was minted to the buyers until now. */
  deliveredWh: p.bigint().notNull(),
  claimedWh: p.bigint().notNull(),
  /** What came to sellers for energy, and the sum of each amount x the seconds since the end of its delivery day. */
  sellersPaidFen: p.bigint().notNull(),
  sellersPaidFenSeconds: p.bigint().notNull(),
  /** Requests of this day, and how many of them were financed until now. */
  requests: p.integer().notNull(),
  requestsFinanced: p.integer().notNull(),
  /** Financings of this day, and the sum of their seconds since the request. */
  financings: p.integer().notNull(),
  requestToMoneySeconds: p.bigint().notNull(),
  /** Money held for bids of this day, and how much of it was paid until now. */
  bidFen: p.bigint().notNull(),
  bidPaidFen: p.bigint().notNull(),
  /** Debts whose last day of payment this is, without what was taken back; of it paid or set off by then, and paid later; unpaid when it defaulted, paid after that, and
   * unpaid when it was written off. */
  dueFen: p.bigint().notNull(),
  paidInTimeFen: p.bigint().notNull(),
  paidLateFen: p.bigint().notNull(),
  defaultedFen: p.bigint().notNull(),
  recoveredFen: p.bigint().notNull(),
  writtenOffFen: p.bigint().notNull(),
}));

/** What one participant did on one Shanghai day; who did nothing has no row. */
export const kpiParticipantDay = onchainTable(
  "kpi_participant_day",
  (p) => ({
    participantId: p.integer().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    tradesSold: p.integer().notNull(),
    tradesBought: p.integer().notNull(),
    /** For financing. */
    requests: p.integer().notNull(),
    bids: p.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.day] }), byDay: index().on(table.day) }),
);
