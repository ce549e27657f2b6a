import { boolean, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { Band, RoundTerms, Side } from "../../sdk/index.ts";
import { count, curve, hex, moment, whole } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";
import type { CheckedTrade } from "./orders/wire.ts";

export const EXCHANGE_TABLES: Tables = { room: "exchange", folder: new URL("./migrations/", import.meta.url) };

export const ORDER_STATES = ["open", "filled", "cancelled", "expired", "dropped"] as const;
export type OrderState = (typeof ORDER_STATES)[number];
/** Why an order was taken out of its book, with the figures of the moment. */
export interface Dropped {
  code: string;
  en: string;
  zh: string;
}
export type LegState = "pending" | "submitted" | "opened" | "skipped";

export const orders = pgTable("orders", {
  hash: hex().primaryKey(),
  sequence: count().notNull().generatedAlwaysAsIdentity(),
  side: text().$type<Side>().notNull(),
  trader: hex().notNull(),
  participant: count().notNull(),
  meter: whole().notNull(),
  zone: count().notNull(),
  day: integer().notNull(),
  paymentDays: integer().notNull(),
  continuous: boolean().notNull(),
  greenCertificates: boolean().notNull(),
  expiry: whole().notNull(),
  bands: jsonb().$type<Band[]>().notNull(),
  energy: curve().notNull(),
  price: curve().notNull(),
  totalEnergyWh: whole().notNull(),
  totalAmountFen: whole().notNull(),
  maxFen: whole().notNull(),
  nonce: count().notNull(),
  signature: hex(),
  lockedFen: whole().notNull(),
  termsFen: whole().notNull(),
  state: text().$type<OrderState>().notNull().default("open"),
  filled: curve(),
  usedFen: whole().notNull().default(0n),
  dropped: jsonb().$type<Dropped>(),
  receivedAt: moment().notNull().defaultNow(),
});
export type OrderRow = typeof orders.$inferSelect;

export const proposals = pgTable("proposals", {
  hash: hex().primaryKey(),
  sequence: count().notNull().generatedAlwaysAsIdentity(),
  seller: hex().notNull(),
  buyer: hex().notNull(),
  day: integer().notNull(),
  expiry: whole().notNull(),
  trade: jsonb().$type<CheckedTrade>().notNull(),
  sellerSignature: hex(),
  buyerSignature: hex(),
  receivedAt: moment().notNull().defaultNow(),
});
export type ProposalRow = typeof proposals.$inferSelect;

/** How a round came about: cleared at one price a slot after the cut-off, or matched one order after the other before. */
export const MATCHINGS = ["auction", "continuous"] as const;

/** `clearedAgain`: nothing of it was opened, and its book was cleared again without an order that the chain left out. */
export const ROUND_STATES = ["cleared", "submitted", "clearedAgain"] as const;

/** By what an auction was cleared. */
export interface KeptTerms extends Omit<RoundTerms, "priced"> {
  /** Whether the chain had its prices already. */
  isPriced: boolean;
}

export const rounds = pgTable("rounds", {
  number: count().primaryKey(),
  zone: count().notNull(),
  day: integer().notNull(),
  paymentDays: integer().notNull(),
  matching: text().$type<(typeof MATCHINGS)[number]>().notNull().default("auction"),
  seed: hex(),
  price: curve().notNull(),
  blockHash: hex(),
  terms: jsonb().$type<KeptTerms>(),
  state: text().$type<(typeof ROUND_STATES)[number]>().notNull().default("cleared"),
  clearedAt: moment().notNull().defaultNow(),
});
export type RoundRow = typeof rounds.$inferSelect;

/** The book of an auction as it was cleared. */
export const roundOrders = pgTable("round_orders", {
  round: count().notNull(),
  place: integer().notNull(),
  orderHash: hex().notNull(),
  owner: count().notNull(),
  energy: curve().notNull(),
});

export const closings = pgTable("closings", {
  zone: count().notNull(),
  day: integer().notNull(),
  closedAt: moment().notNull().defaultNow(),
});

/** The sheets behind credential hashes, by participant: what the hash in force was made of when it was handed in. */
export const names = pgTable("names", {
  participant: count().primaryKey(),
  hash: hex().notNull(),
  sheet: text().notNull(),
  handedInBy: text().notNull(),
  handedInAt: moment().notNull().defaultNow(),
});
export type NameRow = typeof names.$inferSelect;

/** Why no orders are taken, and since when; at most one row. */
export const intakePauses = pgTable("intake_pauses", {
  reasonEn: text().notNull(),
  reasonZh: text().notNull(),
  pausedBy: text().notNull(),
  pausedAt: moment().notNull().defaultNow(),
});
export type PauseRow = typeof intakePauses.$inferSelect;

/** The number from which this database counts rounds on. */
export const roundNumbers = pgTable("round_numbers", { first: count().notNull() });

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
