import type { DebtRow } from "./debtsQuery.ts";

/** What falls due on one day. */
export interface DueDay<Row> {
  date: string;
  debts: Row[];
}

/** Debts under the day on which they are due, the next day first. */
export function byDueDay<Row extends Pick<DebtRow, "dueDate">>(debts: readonly Row[]): DueDay<Row>[] {
  const days = new Map<string, Row[]>();
  for (const debt of debts) days.set(debt.dueDate, [...(days.get(debt.dueDate) ?? []), debt]);
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, ofDay]) => ({ date, debts: ofDay }));
}
