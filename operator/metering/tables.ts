import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { count, curve, moment, whole } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";
import type { Words } from "../gateway/language.ts";
import type { Problem } from "./problem.ts";

export const METERING_TABLES: Tables = { room: "metering", folder: new URL("./migrations/", import.meta.url) };

export const BATCH_STATES = ["taken", "quarantined"] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** What the metering system handed in. */
export const meterBatches = pgTable("meter_batches", {
  hash: text().primaryKey(),
  sequence: count().notNull().generatedAlwaysAsIdentity(),
  origin: text().notNull(),
  state: text().$type<BatchState>().notNull(),
  meterDays: integer().notNull(),
  reasons: jsonb().$type<Problem[]>().notNull().default([]),
  assumed: jsonb().$type<Words>(),
  receivedAt: moment().notNull().defaultNow(),
});
export type MeterBatchRow = typeof meterBatches.$inferSelect;

/** The latest reading of a meter's day: what the chain should have. */
export const meterReadings = pgTable(
  "meter_readings",
  {
    meter: whole().notNull(),
    day: integer().notNull(),
    quality: integer().notNull(),
    curve: curve().notNull(),
    batch: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meter, table.day] })],
);
export type MeterReadingRow = typeof meterReadings.$inferSelect;

/** Meter days of which the last that came is in quarantine. */
export const quarantinedDays = pgTable(
  "quarantined_days",
  { meter: whole().notNull(), day: integer().notNull(), batch: text().notNull() },
  (table) => [primaryKey({ columns: [table.meter, table.day] })],
);
