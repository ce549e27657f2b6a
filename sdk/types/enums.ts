// Generated from the contracts by `npm run codegen`. Do not edit.

/** Where a participant stands. The index is the number on chain. */
export const PARTICIPANT_STATUSES = ["None", "Proposed", "Active", "Suspended", "Rejected"] as const;
/** One of `PARTICIPANT_STATUSES`. */
export type ParticipantStatus = (typeof PARTICIPANT_STATUSES)[number];

/**
 * Firm size by the national classification; a large debtor owes a small creditor within 60 days (国务院令802). The index is
 * the number on chain.
 */
export const FIRM_SIZES = ["Unspecified", "Micro", "Small", "Medium", "Large"] as const;
/** One of `FIRM_SIZES`. */
export type FirmSize = (typeof FIRM_SIZES)[number];

/** Which way a meter counts. The index is the number on chain. */
export const DIRECTIONS = ["None", "Generation", "Consumption"] as const;
/** One of `DIRECTIONS`. */
export type Direction = (typeof DIRECTIONS)[number];

/**
 * Voltage of a connection or of a zone, lowest first. 500 kV is the provincial backbone. The index is the number on
 * chain.
 */
export const VOLTAGES = ["Below1kV", "KV10", "KV35", "KV110", "KV220", "KV500"] as const;
/** One of `VOLTAGES`. */
export type Voltage = (typeof VOLTAGES)[number];

/** What drives a generator; deviation rules differ by it. The index is the number on chain. */
export const SOURCES = [
  "None",
  "HydroRunOfRiver",
  "HydroSeasonal",
  "HydroAnnual",
  "Wind",
  "Solar",
  "Thermal",
  "Storage",
] as const;
/** One of `SOURCES`. */
export type Source = (typeof SOURCES)[number];

/** Fate of one meter day. The index is the number on chain. */
export const DAY_STATES = [
  /** Nothing was reported. */
  "None",
  /** A version is in force and open to objection. */
  "Reported",
  /** The version in force is the basis of settlement, for good. */
  "Final",
  /** Nothing came by the deadline: holds are released, what is owed stays owed. */
  "Lapsed",
  /** A late version is in force and open to objection. */
  "LateReported",
  /** The late version is the basis of invoices, for good. */
  "LateFinal",
] as const;
/** One of `DAY_STATES`. */
export type DayState = (typeof DAY_STATES)[number];

/** Where a reading comes from. The index is the number on chain. */
export const QUALITIES = [
  "Measured",
  /** By the estimation rule of the metering department. */
  "Estimated",
] as const;
/** One of `QUALITIES`. */
export type Quality = (typeof QUALITIES)[number];
