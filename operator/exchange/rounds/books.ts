import { and, eq, sql } from "drizzle-orm";
import type { Hex } from "viem";
import type { DayOrder } from "../../../sdk/clearing/clearDay.ts";
import {
  bandsToCurves,
  type Curve,
  type Day,
  dayOf,
  subtractCurves,
  traderOn,
  ZERO_CURVE,
} from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import type { ChainView } from "../chainView.ts";
import { plus } from "../orders/cover.ts";
import { openOrders } from "../orders/store.ts";
import { legs, type OrderRow, orders, rounds } from "../tables.ts";

/** An order with what no round has taken of it. */
export interface WaitingOrder extends DayOrder {
  /** The order's digest. */
  id: Hex;
  meter: bigint;
  /** Whether it may match before the auction. */
  continuous: boolean;
}

/** What waits at a payment term, in the order of arrival. */
export interface WaitingBook {
  paymentDays: number;
  orders: WaitingOrder[];
}

/** Who trades with each meter today: no participant meets itself, no matter who trades for it. */
export async function readOwners(
  db: Database,
  view: ChainView,
  { zone, day }: { zone: number; day: Day },
): Promise<Map<bigint, number>> {
  const found = await db
    .selectDistinct({ meter: orders.meter })
    .from(orders)
    .where(and(eq(orders.zone, zone), eq(orders.day, day), eq(orders.state, "open")));
  const owners = new Map<bigint, number>();
  const today = dayOf(await view.now());
  for (const { meter } of found) owners.set(meter, traderOn(await view.meter(meter), today));
  return owners;
}

/**
 * The books of a zone and day as of a sequence, each payment term apart. An order of a meter whose owner was not read yet
 * waits for the next time.
 */
export async function readBooks(
  tx: Database,
  { zone, day, upTo }: { zone: number; day: Day; upTo: number },
  owners: ReadonlyMap<bigint, number>,
): Promise<WaitingBook[]> {
  const taken = await takenByOrder(tx, zone, day);
  const waiting = (await openOrders(tx, zone, day)).filter((row) => row.sequence <= upTo && owners.has(row.meter));
  const byTerm = Map.groupBy(waiting, ({ paymentDays }) => paymentDays);
  return [...byTerm].map(([paymentDays, rows]) => ({
    paymentDays,
    orders: rows.map((row) => ({
      ...standing(row, taken.get(row.hash)),
      id: row.hash,
      owner: owners.get(row.meter)!,
    })),
  }));
}

/** Whose trade the chain left out, by sale and purchase: it would be left out again. */
export async function readLeftOut(
  db: Database,
  { zone, day }: { zone: number; day: Day },
): Promise<(sell: { id: Hex }, buy: { id: Hex }) => boolean> {
  const found = await db
    .select({ sell: legs.sellOrder, buy: legs.buyOrder })
    .from(legs)
    .innerJoin(rounds, eq(rounds.number, legs.round))
    .where(and(eq(rounds.zone, zone), eq(rounds.day, day), eq(legs.state, "skipped")));
  const pairs = new Set(found.map(({ sell, buy }) => `${sell} ${buy}`));
  return (sell, buy) => pairs.has(`${sell.id} ${buy.id}`);
}

/** What of each order waits to be opened: it is spoken for, though not filled yet. */
async function takenByOrder(tx: Database, zone: number, day: Day): Promise<Map<string, Curve>> {
  const waiting = await tx
    .select({ sell: legs.sellOrder, buy: legs.buyOrder, energy: legs.energy })
    .from(legs)
    .innerJoin(rounds, eq(rounds.number, legs.round))
    .where(and(eq(rounds.zone, zone), eq(rounds.day, day), sql`${legs.state} in ('pending', 'submitted')`));
  const taken = new Map<string, Curve>();
  for (const { sell, buy, energy } of waiting) {
    for (const order of [sell, buy]) taken.set(order, plus(taken.get(order) ?? ZERO_CURVE, energy));
  }
  return taken;
}

function standing({ side, bands, filled, meter, continuous }: OrderRow, taken = ZERO_CURVE) {
  const { energy, price: limit } = bandsToCurves(bands);
  // The sum may pass 2^31 for a moment where a fill logged on chain is already in both.
  return { side, meter, continuous, limit, energy: subtractCurves(energy, plus(filled ?? ZERO_CURVE, taken)) };
}
