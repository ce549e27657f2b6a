import { and, eq, inArray, lt, lte, not, or, sql } from "drizzle-orm";
import type { Hex } from "viem";
import type { Day, Order, SignedOrder } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import { type OrderRow, orders } from "../tables.ts";

/** A signed order with what the door found out about it. */
export interface Arrived extends SignedOrder {
  hash: Hex;
  zone: number;
}

/** What is reported of an order that is kept. */
export type Kept = Pick<OrderRow, "hash" | "state" | "receivedAt">;
const KEPT = { hash: orders.hash, state: orders.state, receivedAt: orders.receivedAt };

/**
 * Keeps orders in the order in which they came, the same one once. Undefined stands for one whose nonce another open order
 * of its trader has.
 */
export async function keepOrders(
  db: Database,
  arrived: readonly Arrived[],
): Promise<({ kept: Kept; isNew: boolean } | undefined)[]> {
  const news = new Map((await insertNew(db, arrived)).map((kept) => [kept.hash, kept]));
  const left = arrived.flatMap(({ hash }) => (news.has(hash) ? [] : [hash]));
  const before = new Map((await findKept(db, left)).flatMap((kept) => (kept === undefined ? [] : [[kept.hash, kept]])));
  return arrived.map(({ hash }) => {
    const kept = news.get(hash) ?? before.get(hash);
    if (kept === undefined) return undefined;
    const isNew = news.delete(hash);
    // The same order came twice at once.
    if (isNew) before.set(hash, kept);
    return { kept, isNew };
  });
}

/** One parameter for all of them: binding each field of each order takes the database longer than keeping it. */
async function insertNew(db: Database, arrived: readonly Arrived[]): Promise<Kept[]> {
  const rows = arrived.map(({ order, ...more }) => ({ ...order, ...more }));
  const text = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
  const answer = await db.execute(sql`
    insert into orders (hash, side, trader, meter, zone, day, payment_days, expiry, bands, total_energy_wh,
      total_amount_fen, max_fen, nonce, signature)
    select * from json_to_recordset(${text}::json) as arrived (hash text, side text, trader text, meter numeric,
      zone bigint, day integer, "paymentDays" integer, expiry numeric, bands jsonb, "totalEnergyWh" numeric,
      "totalAmountFen" numeric, "maxFen" numeric, nonce numeric, signature text)
    on conflict do nothing returning hash, state, received_at as "receivedAt"`);
  const { rows: inserted } = answer as unknown as { rows: (Omit<Kept, "receivedAt"> & { receivedAt: string })[] };
  return inserted.map((row) => ({ ...row, receivedAt: new Date(row.receivedAt) }));
}

export function nonceTaken({ trader, nonce }: Order): Refusal {
  const words = {
    en: `Another open order of ${trader} has nonce ${nonce}: cancel that one first, or sign with another nonce.`,
    zh: `${trader} 另有一张未完成的报单使用编号 ${nonce}：请先撤销该报单，或换一个编号签署。`,
  };
  return new Refusal(409, "NonceTaken", words, { trader, nonce });
}

/** Which orders are kept, by their hashes; undefined where there is none. */
export async function findKept(db: Database, hashes: readonly Hex[]): Promise<(Kept | undefined)[]> {
  if (hashes.length === 0) return [];
  const found = await db
    .select(KEPT)
    .from(orders)
    .where(inArray(orders.hash, [...hashes]));
  const byHash = new Map(found.map((kept) => [kept.hash, kept]));
  return hashes.map((hash) => byHash.get(hash));
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

/**
 * Ends open orders that can never be filled any more: past their expiry, or for a day whose gate has closed, unless a
 * part of them is on its way.
 */
export async function expireOrders(db: Database, { now, lastDay }: { now: number; lastDay: Day }): Promise<void> {
  const isOnItsWay = sql`exists (select 1 from legs where legs.state in ('pending', 'submitted')
    and (legs.sell_order = ${orders.hash} or legs.buy_order = ${orders.hash}))`;
  const isOver = or(lt(orders.expiry, BigInt(now)), and(lte(orders.day, lastDay), not(isOnItsWay)));
  await db
    .update(orders)
    .set({ state: "expired" })
    .where(and(eq(orders.state, "open"), isOver));
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
