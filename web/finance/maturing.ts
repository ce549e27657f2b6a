import type { HeldUnits, PledgeRow } from "./bankQueries.ts";

/** What falls due on a day. */
export interface Maturity {
  date: string;
  /** Face value held that is due then. */
  heldFen: bigint;
  /** Pledged to the reader, of units of others. */
  pledgedFen: bigint;
  receivables: string[];
}

type Held = Pick<HeldUnits, "units"> & { receivable: { id: string; dueDate: string } | null };
type Pledged = Pick<PledgeRow, "status" | "units" | "paidFen" | "receivableId"> & {
  receivable: { dueDate: string } | null;
};

/** Everything that comes in, by the day on which it is due, the earliest first. */
export function maturitiesOf(held: readonly Held[], pledges: readonly Pledged[]): Maturity[] {
  const days = new Map<string, Maturity>();
  const on = (date: string) => {
    const found = days.get(date) ?? { date, heldFen: 0n, pledgedFen: 0n, receivables: [] };
    days.set(date, found);
    return found;
  };
  const note = (day: Maturity, id: string) => {
    if (!day.receivables.includes(id)) day.receivables.push(id);
  };
  for (const { units, receivable } of held) {
    if (receivable === null) continue;
    const day = on(receivable.dueDate);
    day.heldFen += BigInt(units);
    note(day, receivable.id);
  }
  for (const { status, units, paidFen, receivableId, receivable } of pledges) {
    if (status !== "live" || receivable === null) continue;
    const day = on(receivable.dueDate);
    day.pledgedFen += BigInt(units) - BigInt(paidFen);
    note(day, receivableId);
  }
  return [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}
