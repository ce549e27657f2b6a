import { and, eq, sql } from "drizzle-orm";
import type { Hex } from "viem";
import type { Day, SignedOrder } from "../../sdk/index.ts";
import type { Database } from "../db/database.ts";
import { type OrderRow, orders } from "../db/schema.ts";
import { Refusal } from "../refusal.ts";

/** Keeps an order; the same order again is the one that is kept. */
export async function keepOrder(
  db: Database,
  { order, signature }: SignedOrder,
  { hash, zone }: { hash: Hex; zone: number },
): Promise<{ row: OrderRow; isNew: boolean }> {
  const [row] = await db
    .insert(orders)
    .values({ ...order, bands: [...order.bands], hash, zone, signature })
    .onConflictDoNothing()
    .returning();
  if (row !== undefined) return { row, isNew: true };
  const same = await findOrder(db, hash);
  if (same !== undefined) return { row: same, isNew: false };
  throw new Refusal(
    409,
    "NonceTaken",
    {
      en: `Another open order of ${order.trader} has nonce ${order.nonce}: cancel that one first, or sign with another nonce.`,
      zh: `${order.trader} 另有一张未完成的订单使用编号 ${order.nonce}：请先撤销该订单，或换一个编号签署。`,
    },
    { trader: order.trader, nonce: order.nonce },
  );
}

export async function findOrder(db: Database, hash: Hex): Promise<OrderRow | undefined> {
  const [row] = await db.select().from(orders).where(eq(orders.hash, hash));
  return row;
}

/** Takes an order out of the book; undefined if it is not in it. */
export async function cancelOrder(db: Database, hash: Hex): Promise<OrderRow | undefined> {
  const [row] = await db
    .update(orders)
    .set({ state: "cancelled" })
    .where(and(eq(orders.hash, hash), eq(orders.state, "open")))
    .returning();
  return row;
}

/** The orders of a zone and day that can still be filled, in the order of arrival. */
export async function openOrders(db: Database, zone: number, day: Day): Promise<OrderRow[]> {
  return db
    .select()
    .from(orders)
    .where(and(eq(orders.zone, zone), eq(orders.day, day), eq(orders.state, "open")))
    .orderBy(orders.sequence);
}

/** What waits at a price. */
export interface Level {
  price: number;
  energyWh: bigint;
  orders: number;
}

/** The book of one slot, less what is filled or about to be opened: sales from the cheapest, purchases from the dearest. */
export async function readBook(
  db: Database,
  { zone, day, slot, paymentDays }: { zone: number; day: Day; slot: number; paymentDays: number },
): Promise<{ sells: Level[]; buys: Level[] }> {
  const ofSlot = (curve: string) =>
    sql`coalesce(('x' || encode(substring(${sql.raw(curve)} from ${slot * 4 + 1}::int for 4), 'hex'))::bit(32)::bigint, 0)`;
  const answer = await db.execute(sql`
    with waiting as (
      select side, band.price,
        band."energyWh" - ${ofSlot("filled")} - (
          select coalesce(sum(${ofSlot("legs.energy")}), 0) from legs
          where legs.state in ('pending', 'submitted') and (legs.sell_order = hash or legs.buy_order = hash)
        ) as energy_wh
      from orders, jsonb_to_recordset(bands) as band("fromSlot" int, "toSlot" int, "energyWh" bigint, price bigint)
      where state = 'open' and zone = ${zone} and day = ${day} and payment_days = ${paymentDays}
        and band."fromSlot" <= ${slot}::int and ${slot}::int < band."toSlot"
    )
    select side, price::text, sum(energy_wh)::text as energy_wh, count(*)::text as orders
    from waiting where energy_wh > 0 group by side, price order by price`);
  const { rows } = answer as unknown as { rows: Record<"side" | "price" | "energy_wh" | "orders", string>[] };
  const levels = (side: string) =>
    rows
      .filter((row) => row.side === side)
      .map((row) => ({ price: Number(row.price), energyWh: BigInt(row.energy_wh), orders: Number(row.orders) }));
  return { sells: levels("sell"), buys: levels("buy").reverse() };
}

/** A kept order as the sdk has it, with its fill so far. */
export function signedOrderOf(row: OrderRow): SignedOrder {
  const { side, trader, meter, day, paymentDays, expiry, bands, totalEnergyWh, totalAmountFen, maxFen, nonce } = row;
  const terms = { side, trader, meter, day, paymentDays, expiry, bands, totalEnergyWh, totalAmountFen, maxFen, nonce };
  const fill = row.filled === null ? undefined : { filled: row.filled, usedFen: row.usedFen };
  return { order: terms, signature: row.signature, fill };
}
