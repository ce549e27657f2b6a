import type { ContractName, Platform } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";

/** A call of the chain that does what is due. */
export interface Call {
  contract: ContractName;
  functionName: string;
  args: readonly unknown[];
}

/** What looking at a task finds: ended, by this process or another; not due yet, to be done now, after or by another one of its list. */
export type Finding =
  | { done: string }
  | { dueAt: number }
  | { now: true }
  | { waitsFor: string }
  | { handOver: string; note: string };

/** Where tasks are looked at. */
export interface Desk {
  db: Database;
  platform: Platform;
}

/** How a kind of task is done. */
export interface Work<On extends Desk = Desk> {
  /** Tasks of one transaction. */
  most: number;
  look(desk: On, subject: string, now: number): Promise<Finding>;
  /** The call for subjects that are to be done now; several only where `most` says so. */
  call(desk: On, subjects: readonly string[], now: number): Promise<Call>;
}
