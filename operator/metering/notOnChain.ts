import { sql } from "drizzle-orm";
import type { Day } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";
import { tasks } from "../tasks/tables.ts";
import { LIST } from "./kinds.ts";
import { meterReadings, quarantinedDays } from "./tables.ts";

export const REACHED = ["quarantined", "waiting"] as const;

/** A meter's day of which the service has more than the chain: what came last is in quarantine, or waits to be sent. */
export interface NotOnChain {
  meter: bigint;
  day: Day;
  state: (typeof REACHED)[number];
  batch: string;
}

export interface Range {
  from: Day;
  /** The last day, and the first and the last meter. */
  to: Day;
  fromMeter: bigint;
  toMeter: bigint;
}

/** Meter days of a range that are not on the chain as they came, by day and meter. @param behind day and meter of the row before */
export async function daysNotOnChain(
  db: Database,
  { from, to, fromMeter, toMeter }: Range,
  { behind, most }: { behind: readonly number[] | undefined; most: number },
): Promise<NotOnChain[]> {
  const [day = -1, meter = -1] = behind ?? [];
  // A waiting task may be there for years: of a correction, say.
  const answer = await db.execute(sql`
    with found as (
      select meter, day, 'quarantined' as state, batch from ${quarantinedDays}
      union all
      select reading.meter, reading.day, 'waiting', reading.batch from ${tasks} as task
        join ${meterReadings} as reading
          on reading.meter = split_part(task.subject, '/', 1)::numeric and reading.day = split_part(task.subject, '/', 2)::int
        where task.list = ${LIST} and task.kind in ('report', 'correct') and task.state in ('waiting', 'sent'))
    select distinct on (day, meter) meter::text, day, state, batch from found
      where day between ${from} and ${to} and meter between ${String(fromMeter)} and ${String(toMeter)}
        and (day, meter) > (${day}, ${String(meter)}::numeric)
      order by day, meter, state limit ${most}`);
  const { rows } = answer as unknown as { rows: (Omit<NotOnChain, "meter"> & { meter: string })[] };
  return rows.map((row) => ({ ...row, meter: BigInt(row.meter) }));
}
