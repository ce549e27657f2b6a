import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { count, moment } from "../db/columns.ts";
import type { Tables } from "../db/migrate.ts";

export const TASK_TABLES: Tables = { room: "tasks", folder: new URL("./migrations/", import.meta.url) };

export const TASK_STATES = ["waiting", "sent", "done"] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const tasks = pgTable("tasks", {
  id: count().primaryKey().generatedAlwaysAsIdentity(),
  /** Whose task it is: one worker does what is on a list, and the same may stand on two. */
  list: text().notNull(),
  kind: text().notNull(),
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
