import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Day, SLOTS } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";

/** What waits at a price. */
export interface Level {
  price: number;
  energyWh: bigint;
  orders: number;
}

/** What waits in a slot, less what is filled or about to be opened: sales from the cheapest, purchases from the dearest. */
interface SlotBook {
  sells: Level[];
  buys: Level[];
}

/** The book of a payment term. */
export interface BookPlace {
  zone: number;
  day: Day;
  paymentDays: number;
}

const IS_UNDER_WAY = sql`legs.state in ('pending', 'submitted')`;
const isOf = ({ zone, day, paymentDays }: BookPlace) =>
  sql`orders.state = 'open' and zone = ${zone} and day = ${day} and payment_days = ${paymentDays}`;

/** Orders that are added up before others have their turn. */
const TURN = 2_000;
/** Bytes of a curve. */
const CURVE = SLOTS * 4;

/** The books of all slots of a day. */
export interface DayBook {
  slots: SlotBook[];
  /** How many there are in all of them together. */
  orders: number;
}

/** Adds up what waits: all slots of a day at once, for they lie in the same rows. */
export async function readBook(db: Database, place: BookPlace): Promise<DayBook> {
  const [waiting, moving] = await db.transaction(
    async (tx) => [await readWaiting(tx, place), await readMoving(tx, place)] as const,
    // What is being opened is either on its way or filled.
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  const sides = { sell: emptySlots(), buy: emptySlots() };
  for (const [index, { hash, side, curves }] of waiting.entries()) {
    if (index % TURN === TURN - 1) await setImmediate();
    // What it offers, its limits, and what is filled if anything is.
    const bytes = Buffer.from(curves, "base64");
    const under = moving.get(hash);
    for (let slot = 0; slot < SLOTS; slot += 1) {
      let wh = bytes.readUInt32BE(slot * 4);
      if (bytes.length > 2 * CURVE) wh -= bytes.readUInt32BE(2 * CURVE + slot * 4);
      for (const leg of under ?? []) wh -= leg.readUInt32BE(slot * 4);
      if (wh <= 0) continue;
      const [levels, limit] = [sides[side][slot]!, bytes.readUInt32BE(CURVE + slot * 4)];
      const level = levels.get(limit);
      if (level === undefined) levels.set(limit, { wh, orders: 1 });
      else {
        level.wh += wh;
        level.orders += 1;
      }
    }
  }
  const sells = sides.sell.map((levels) => ordered(levels, (a, b) => a - b));
  const buys = sides.buy.map((levels) => ordered(levels, (a, b) => b - a));
  return { slots: sells.map((ofSlot, slot) => ({ sells: ofSlot, buys: buys[slot]! })), orders: waiting.length };
}

/** Of each slot, by price. A whole zone's energy in a slot is far below 2^53 Wh. */
type Slots = Map<number, { wh: number; orders: number }>[];
const emptySlots = (): Slots => Array.from({ length: SLOTS }, () => new Map());

function ordered(levels: Slots[number], compare: (a: number, b: number) => number): Level[] {
  return [...levels]
    .sort(([a], [b]) => compare(a, b))
    .map(([price, { wh, orders }]) => ({ price, energyWh: BigInt(wh), orders }));
}

async function readWaiting(tx: Database, place: BookPlace) {
  const answer = await tx.execute(sql`
    select hash, side, encode(energy || price || coalesce(filled, ''), 'base64') as curves
    from orders where ${isOf(place)}`);
  return (answer as unknown as { rows: { hash: string; side: "sell" | "buy"; curves: string }[] }).rows;
}

/** What of each order is about to be opened. */
async function readMoving(db: Database, { zone, day, paymentDays }: BookPlace) {
  const answer = await db.execute(sql`
    select sell_order, buy_order, encode(energy, 'base64') as energy from legs join rounds on rounds.number = legs.round
    where ${IS_UNDER_WAY} and zone = ${zone} and day = ${day} and payment_days = ${paymentDays}`);
  const { rows } = answer as unknown as { rows: { sell_order: string; buy_order: string; energy: string }[] };
  const moving = new Map<string, Buffer[]>();
  for (const { sell_order, buy_order, energy } of rows) {
    const bytes = Buffer.from(energy, "base64");
    for (const hash of [sell_order, buy_order]) moving.set(hash, [...(moving.get(hash) ?? []), bytes]);
  }
  return moving;
}
