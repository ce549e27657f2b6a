import { index, onchainTable, primaryKey } from "ponder";

/** Counters of one Shanghai day that add up over days; shares and averages are computed when asked for, never stored. */
export const kpiDay = onchainTable("kpi_day", (p) => ({
  day: p.integer().primaryKey(),
  date: p.text().notNull(),
  /** Participants approved for the first time. */
  participantsRegistered: p.integer().notNull(),
  /** Trades opened. */
  tradesOpened: p.integer().notNull(),
  /** Trades settled. */
  tradesSettled: p.integer().notNull(),
  /** Of those how many by a corrected reading, or adjusted by one until now. */
  tradesCorrected: p.integer().notNull(),
  /** Delivered by the trades settled. */
  deliveredWh: p.bigint().notNull(),
  /** Of that what was minted to the buyers until now. */
  claimedWh: p.bigint().notNull(),
  /** What came to sellers for energy. */
  sellersPaidFen: p.bigint().notNull(),
  /** The sum of each amount that came to sellers, in fen, times the seconds since the end of its delivery day. */
  sellersPaidFenSeconds: p.bigint().notNull(),
  /** Requests for financing. */
  requests: p.integer().notNull(),
  /** Of those how many were financed until now. */
  requestsFinanced: p.integer().notNull(),
  /** Financings. */
  financings: p.integer().notNull(),
  /** The sum of their seconds since the request. */
  requestToMoneySeconds: p.bigint().notNull(),
  /** Money held for bids. */
  bidFen: p.bigint().notNull(),
  /** Of that what was paid until now. */
  bidPaidFen: p.bigint().notNull(),
  /** Debts whose last day of payment this is, without what was taken back. */
  dueFen: p.bigint().notNull(),
  /** Of those what was paid or set off by then. */
  paidInTimeFen: p.bigint().notNull(),
  /** Of those what was paid or set off later. */
  paidLateFen: p.bigint().notNull(),
  /** Of those what was unpaid when they defaulted. */
  defaultedFen: p.bigint().notNull(),
  /** Of that what was paid afterwards. */
  recoveredFen: p.bigint().notNull(),
  /** Of that what was unpaid when it was written off. */
  writtenOffFen: p.bigint().notNull(),
}));

/** What one participant did on one Shanghai day; who did nothing has no row. */
export const kpiParticipantDay = onchainTable(
  "kpi_participant_day",
  (p) => ({
    participantId: p.integer().notNull(),
    day: p.integer().notNull(),
    date: p.text().notNull(),
    /** Trades sold. */
    tradesSold: p.integer().notNull(),
    /** Trades bought. */
    tradesBought: p.integer().notNull(),
    /** Requests for financing. */
    requests: p.integer().notNull(),
    /** Bids placed. */
    bids: p.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.participantId, table.day] }), byDay: index().on(table.day) }),
);
