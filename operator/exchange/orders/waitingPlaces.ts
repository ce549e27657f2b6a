import { sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { BookPlace } from "./book.ts";

/** A book in which something waits. */
export interface WaitingPlace extends BookPlace {
  /** Trades that are cleared and not on the chain yet. */
  toOpen: number;
}

/** Every book with open orders, or with trades that are not on the chain yet, by day, zone and payment term. */
export async function waitingPlaces(db: Database): Promise<WaitingPlace[]> {
  const answer = await db.execute(sql`
    select zone::text, day, payment_days as term, sum(legs)::int as legs from (
      select zone, day, payment_days, 0 as legs from orders where state = 'open' group by zone, day, payment_days
      union all
      select rounds.zone, rounds.day, rounds.payment_days, count(*) from legs join rounds on rounds.number = legs.round
        where legs.state in ('pending', 'submitted') group by rounds.zone, rounds.day, rounds.payment_days) as waiting
    group by zone, day, payment_days order by day, zone, payment_days`);
  const { rows } = answer as unknown as { rows: { zone: string; day: number; term: number; legs: number }[] };
  return rows.map(({ zone, day, term, legs }) => ({ zone: Number(zone), day, paymentDays: term, toOpen: legs }));
}
