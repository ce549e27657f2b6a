import type { ContractName, Day, PlacedTrade, Platform } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";
import type { TaskKind } from "./tasks.ts";

/** A call of the chain that does what is due. */
export interface Call {
  contract: ContractName;
  functionName: string;
  args: readonly unknown[];
}

/** What looking at a task finds: ended, by this process or another; not due yet, to be done now, after or by another one. */
export type Finding =
  | { done: string }
  | { dueAt: number }
  | { now: true }
  | { waitsFor: TaskKind }
  | { handOver: TaskKind; note: string };

/** Where tasks are looked at. */
export interface Desk {
  db: Database;
  platform: Platform;
  /** Trades of a day by the meter that sold. None is opened any more when one of them is due. */
  tradesOf(day: Day): Promise<Map<bigint, PlacedTrade[]>>;
}

/** How a kind of task is done. */
export interface Work {
  /** Tasks of one transaction. */
  most: number;
  look(desk: Desk, subject: string, now: number): Promise<Finding>;
  /** The call for subjects that are to be done now; several only where `most` says so. */
  call(desk: Desk, subjects: readonly string[], now: number): Promise<Call>;
}
