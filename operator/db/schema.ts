import { bigint, customType, integer, jsonb, numeric, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { type Band, type Curve, decodeCurve, encodeCurve, type Side } from "../../sdk/index.ts";
import type { TradeWire } from "../exchange/orders/wire.ts";
import type { TaskKind } from "../keeper/tasks.ts";
import type { Problem } from "../metering/problem.ts";

/** The tables of `migrations/` as TypeScript sees them. */

const curve = customType<{ data: Curve; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (values) => Buffer.from(encodeCurve(values).slice(2), "hex"),
  fromDriver: (bytes) => decodeCurve(`0x${Buffer.from(bytes).toString("hex")}`),
});
const hex = customType<{ data: `0x${string}`; driverData: string }>({ dataType: () => "text" });
/** Integers beyond doubles. */
const whole = () => numeric({ mode: "bigint" });
const count = () => bigint({ mode: "number" });
const moment = () => timestamp({ withTimezone: true });

export const ORDER_STATES = ["open", "filled", "cancelled", "expired"] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export const TRANSACTION_STATES = ["signed", "sent", "sealed", "reverted", "lost"] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];
/** Who sent a transaction: rounds are opened, tasks are done. */
export type Purpose = "round" | "task" | "reading";
export const TASK_STATES = ["waiting", "sent", "done"] as const;
export type TaskState = (typeof TASK_STATES)[number];
export const BATCH_STATES = ["taken", "quarantined"] as const;
export type BatchState = (typeof BATCH_STATES)[number];
export type LegState = "pending" | "submitted" | "opened" | "skipped";

export const service = pgTable("service", {
  genesisHash: hex().notNull(),
  escrow: hex().notNull(),
  firstRound: count().notNull(),
});

export const orders = pgTable("orders", {
  hash: hex().primaryKey(),
  sequence: count().notNull().generatedAlwaysAsIdentity(),
  side: text().$type<Side>().notNull(),
  trader: hex().notNull(),
  meter: whole().notNull(),
  zone: count().notNull(),
  day: integer().notNull(),
  paymentDays: integer().notNull(),
  expiry: whole().notNull(),
  bands: jsonb().$type<Band[]>().notNull(),
  totalEnergyWh: whole().notNull(),
  totalAmountFen: whole().notNull(),
  maxFen: whole().notNull(),
  nonce: whole().notNull(),
  signature: hex().notNull(),
  state: text().$type<OrderState>().notNull().default("open"),
  filled: curve(),
  usedFen: whole().notNull().default(0n),
  receivedAt: moment().notNull().defaultNow(),
});
export type OrderRow = typeof orders.$inferSelect;

export const proposals = pgTable("proposals", {
  hash: hex().primaryKey(),
  seller: hex().notNull(),
  buyer: hex().notNull(),
  day: integer().notNull(),
  expiry: whole().notNull(),
  trade: jsonb().$type<TradeWire>().notNull(),
  sellerSignature: hex(),
  buyerSignature: hex(),
  receivedAt: moment().notNull().defaultNow(),
});
export type ProposalRow = typeof proposals.$inferSelect;

/** How a round came about: cleared at one price a slot, or matched one order after the other. */
export const MATCHINGS = ["auction", "continuous"] as const;

export const rounds = pgTable("rounds", {
  number: count().primaryKey(),
  zone: count().notNull(),
  day: integer().notNull(),
  paymentDays: integer().notNull(),
  matching: text().$type<(typeof MATCHINGS)[number]>().notNull().default("auction"),
  seed: hex(),
  price: curve().notNull(),
  state: text().$type<"cleared" | "submitted">().notNull().default("cleared"),
  clearedAt: moment().notNull().defaultNow(),
});
export type RoundRow = typeof rounds.$inferSelect;

export const closings = pgTable("closings", {
  zone: count().notNull(),
  day: integer().notNull(),
  closedAt: moment().notNull().defaultNow(),
});

/** The journal of `sending/`. */
export const transactions = pgTable("transactions", {
  id: count().primaryKey().generatedAlwaysAsIdentity(),
  purpose: text().$type<Purpose>().notNull(),
  subject: text().notNull(),
  sender: hex().notNull(),
  nonce: integer().notNull(),
  raw: hex().notNull(),
  hash: hex().notNull(),
  state: text().$type<TransactionState>().notNull().default("signed"),
  reason: text(),
  gasUsed: count(),
  block: count(),
  signedAt: moment().notNull().defaultNow(),
  sentAt: moment(),
  endedAt: moment(),
});
export type TransactionRow = typeof transactions.$inferSelect;

export const legs = pgTable("legs", {
  id: count().primaryKey().generatedAlwaysAsIdentity(),
  round: count().notNull(),
  place: integer().notNull(),
  sellOrder: hex().notNull(),
  buyOrder: hex().notNull(),
  sellerMeter: whole().notNull(),
  energy: curve().notNull(),
  state: text().$type<LegState>().notNull().default("pending"),
  transaction: count(),
  attempts: integer().notNull().default(0),
  trade: count(),
  reason: text(),
});
export type LegRow = typeof legs.$inferSelect;

export const apiKeys = pgTable("api_keys", {
  id: count().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull(),
  hash: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  revokedAt: moment(),
});

/** Who does what when it is due; see `keeper/`. */
export const tasks = pgTable("tasks", {
  id: count().primaryKey().generatedAlwaysAsIdentity(),
  kind: text().$type<TaskKind>().notNull(),
  subject: text().notNull(),
  dueAt: count().notNull(),
  state: text().$type<TaskState>().notNull().default("waiting"),
  note: text(),
  attempts: integer().notNull().default(0),
  retryAt: moment().notNull().defaultNow(),
  transaction: count(),
  createdAt: moment().notNull().defaultNow(),
  endedAt: moment(),
});
export type TaskRow = typeof tasks.$inferSelect;

export const keeperProgress = pgTable("keeper_progress", { block: count().notNull() });

/** What the metering system handed in; see `metering/`. */
export const meterBatches = pgTable("meter_batches", {
  hash: text().primaryKey(),
  origin: text().notNull(),
  state: text().$type<BatchState>().notNull(),
  meterDays: integer().notNull(),
  reasons: jsonb().$type<Problem[]>().notNull().default([]),
  receivedAt: moment().notNull().defaultNow(),
});
export type MeterBatchRow = typeof meterBatches.$inferSelect;

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
