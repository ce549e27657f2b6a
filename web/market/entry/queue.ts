import { randomNonce } from "../../../sdk/market/nonce.ts";
import { type Day, formatDay } from "../../../sdk/types/time.ts";
import type { Shelf } from "./draft.ts";
import type { DayCurves } from "./entryState.ts";
import { type JournalEntry, keptForDay } from "./journal.ts";
import type { PortfolioRow } from "./portfolio.ts";

/** An order that is to be signed: its nonce is fixed when it is imported, so that none is signed twice after a break. */
export interface QueuedRow {
  meter: bigint;
  line: number;
  day: DayCurves;
  nonce: number;
}

interface Written extends Omit<QueuedRow, "meter"> {
  meter: string;
}

const keyOf = (day: Day) => `portfolio ${formatDay(day)}`;

/** Keeps what was imported, in place of what was before. */
export function keepQueue(shelf: Shelf, day: Day, rows: readonly PortfolioRow[]): QueuedRow[] {
  const queued = rows.map((row) => ({ ...row, nonce: randomNonce() }));
  const written: Written[] = queued.map((row) => ({ ...row, meter: String(row.meter) }));
  shelf.setItem(keyOf(day), JSON.stringify(written));
  return queued;
}

export function readQueue(shelf: Shelf, day: Day): QueuedRow[] {
  const text = shelf.getItem(keyOf(day));
  if (text === null) return [];
  return (JSON.parse(text) as Written[]).map((row) => ({ ...row, meter: BigInt(row.meter) }));
}

export const dropQueue = (shelf: Shelf, day: Day): void => shelf.removeItem(keyOf(day));

/** What was signed of a row already. */
export const signedOf = (shelf: Shelf, day: Day, { meter, nonce }: QueuedRow): JournalEntry | undefined =>
  keptForDay(shelf, meter, day).find(({ order }) => order.nonce === nonce);
