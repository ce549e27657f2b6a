import { and, desc, eq, inArray, isNotNull, lt, lte, not, or, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import { bandsToCurves, type Curve, type Day, encodeCurve, type Order, type SignedOrder } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import type { Admitted } from "../admission/admit.ts";
import type { ChainView } from "../chainView.ts";
import { type Dropped, type OrderRow, orders } from "../tables.ts";
import { findUncovered } from "./cover.ts";

/** A signed order with what the door found out about it. */
export interface Arrived extends SignedOrder, Admitted {
  hash: Hex;
}

/** What is reported of an order that is kept. */
export type Kept = Pick<OrderRow, "hash" | "state" | "receivedAt">;
/** Of the lock under which orders are kept. */
const KEEPING = 0x6f7264;
const KEPT = { hash: orders.hash, state: orders.state, receivedAt: orders.receivedAt };

/**
 * Keeps orders in the order in which they came, the same one once, each if its participant's margin covers it beside all
 * that it backs already, and its meter has room for it; else says why not. Nothing else is kept meanwhile: one cover never
 * backs two orders.
 */
export async function keepOrders(
  db: Database,
  view: ChainView,
  arrived: readonly Arrived[],
): Promise<({ kept: Kept; isNew: boolean } | Refusal)[]> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${KEEPING})`);
    const known = await findKept(
      tx,
      arrived.map(({ hash }) => hash),
    );
    const before = new Map(known.flatMap((kept) => (kept === undefined ? [] : [[kept.hash, kept]])));
    const fresh = new Map(arrived.filter(({ hash }) => !before.has(hash)).map((order) => [order.hash, order]));
    const refused = await findUncovered(tx, view, [...fresh.values()]);
    const covered = [...fresh.values()].filter(({ hash }) => !refused.has(hash));
    const news = new Map((await insertNew(tx, covered)).map((kept) => [kept.hash, kept]));
    return arrived.map(({ hash, order }) => {
      const kept = news.get(hash) ?? before.get(hash);
      if (kept === undefined) return refused.get(hash) ?? nonceTaken(order);
      const isNew = news.delete(hash);
      // The same order came twice at once.
      if (isNew) before.set(hash, kept);
      return { kept, isNew };
    });
  });
}

/** Why an order would not be kept as things stand; undefined if it would, or is kept already. */
export async function checkKeepable(db: Database, view: ChainView, arrived: Arrived): Promise<Refusal | undefined> {
  const { hash, order } = arrived;
  if ((await findOrder(db, hash)) !== undefined) return undefined;
  const { trader, day, side, nonce } = order;
  const sameNonce = and(eq(orders.trader, trader), eq(orders.day, day), eq(orders.side, side), eq(orders.nonce, nonce));
  const taken = await db.$count(orders, and(sameNonce, or(eq(orders.state, "open"), isNotNull(orders.filled))));
  if (taken > 0) return nonceTaken(order);
  return (await findUncovered(db, view, [arrived])).get(hash);
}

/** One parameter for all of them: binding each field of each order takes the database longer than keeping it. */
async function insertNew(db: Database, arrived: readonly Arrived[]): Promise<Kept[]> {
  if (arrived.length === 0) return [];
  const rows = arrived.map(({ order, ...more }) => {
    const { energy, price } = bandsToCurves(order.bands);
    return { ...order, ...more, energy: bytesOf(energy), price: bytesOf(price) };
  });
  const text = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
  const answer = await db.execute(sql`
    insert into orders (hash, side, trader, participant, meter, zone, day, payment_days, continuous,
      green_certificates, expiry, bands, energy, price, total_energy_wh, total_amount_fen, max_fen, nonce, signature, locked_fen,
      terms_fen)
    select * from json_to_recordset(${text}::json) as arrived (hash text, side text, trader text, participant bigint,
      meter numeric, zone bigint, day integer, "paymentDays" integer, continuous boolean, "greenCertificates" boolean,
      expiry numeric, bands jsonb, energy bytea, price bytea, "totalEnergyWh" numeric, "totalAmountFen" numeric, "maxFen" numeric, nonce bigint,
      signature text, "lockedFen" numeric, "termsFen" numeric)
    on conflict do nothing returning hash, state, received_at as "receivedAt"`);
  const { rows: inserted } = answer as unknown as { rows: (Omit<Kept, "receivedAt"> & { receivedAt: string })[] };
  return inserted.map((row) => ({ ...row, receivedAt: new Date(row.receivedAt) }));
}

/** A curve as the database reads bytes out of text. */
const bytesOf = (curve: Curve) => `\\${encodeCurve(curve).slice(1)}`;

export function nonceTaken({ trader, nonce }: Order): Refusal {
  const words = {
    en: `Another order of ${trader} for the day has nonce ${nonce}: cancel that one first, or sign with another nonce.`,
    zh: `${trader} 当日另有一张报单使用编号 ${nonce}：请先撤销该报单，或换一个编号签署。`,
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

/** A trader's orders of a day, latest first. @param before only what came before this place in the order of arrival */
export async function ordersOf(
  db: Database,
  { trader, day, before, most }: { trader: Address; day: Day; before: number | undefined; most: number },
): Promise<OrderRow[]> {
  const isEarlier = before === undefined ? undefined : lt(orders.sequence, before);
  return db
    .select()
    .from(orders)
    .where(and(eq(orders.trader, trader), eq(orders.day, day), isEarlier))
    .orderBy(desc(orders.sequence))
    .limit(most);
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

/** Takes an order out of its book for a reason that is kept with it; undefined if it is not in it any more. */
export async function dropOrder(db: Database, hash: Hex, { code, sentences }: Refusal): Promise<OrderRow | undefined> {
  const dropped: Dropped = { code, ...sentences };
  const [row] = await db
    .update(orders)
    .set({ state: "dropped", dropped })
    .where(and(eq(orders.hash, hash), eq(orders.state, "open")))
    .returning();
  return row;
}

/**
 * Ends open orders that can never be filled any more: past their expiry, or for a day whose gate has closed, unless a
 * part of them is on its way; which they were.
 */
export async function expireOrders(db: Database, { now, lastDay }: { now: number; lastDay: Day }): Promise<OrderRow[]> {
  const isOnItsWay = sql`exists (select 1 from legs where legs.state in ('pending', 'submitted')
    and (legs.sell_order = ${orders.hash} or legs.buy_order = ${orders.hash}))`;
  const isOver = or(lt(orders.expiry, BigInt(now)), and(lte(orders.day, lastDay), not(isOnItsWay)));
  return db
    .update(orders)
    .set({ state: "expired" })
    .where(and(eq(orders.state, "open"), isOver))
    .returning();
}

/** The orders of a zone and day that can still be filled, in the order of arrival. */
export async function openOrders(db: Database, zone: number, day: Day): Promise<OrderRow[]> {
  return db
    .select()
    .from(orders)
    .where(and(eq(orders.zone, zone), eq(orders.day, day), eq(orders.state, "open")))
    .orderBy(orders.sequence);
}

/** A kept order as the sdk has it, with its fill so far. */
export function signedOrderOf(row: OrderRow): SignedOrder {
  const { side, trader, meter, day, paymentDays, continuous, greenCertificates, expiry, bands, nonce } = row;
  const { totalEnergyWh, totalAmountFen, maxFen } = row;
  const terms = {
    ...{ side, trader, meter, day, paymentDays, continuous, greenCertificates, expiry, bands, nonce },
    ...{ totalEnergyWh, totalAmountFen, maxFen },
  };
  const fill = row.filled === null ? undefined : { filled: row.filled, usedFen: row.usedFen };
  return { order: terms, signature: row.signature ?? undefined, fill };
}
