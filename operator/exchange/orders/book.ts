import { setImmediate } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import { type Day, SLOTS } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";

/** What waits at a price. */
export interface Level {
  price: number;
  energyWh: bigint;
  orders: number;
}

/** The book of a payment term. */
export interface BookPlace {
  zone: number;
  day: Day;
  paymentDays: number;
}

type Side = "sell" | "buy";
/** A value for each slot of a day. */
type Slots = Int32Array;

/** An order that waits. */
interface Waiting {
  /** Which of the row's states this is: Postgres gives another one with each update. */
  version: string;
  hash: string;
  side: Side;
  /** Wh that are not filled. */
  energy: Slots;
  /** Fen per MWh. */
  limit: Slots;
}

/** What a round is about to open of two orders. */
interface Moving {
  orders: readonly string[];
  energy: Slots;
}

const isOf = ({ zone, day, paymentDays }: BookPlace) =>
  sql`orders.state = 'open' and zone = ${zone} and day = ${day} and payment_days = ${paymentDays}`;
const isMoving = ({ zone, day, paymentDays }: BookPlace) =>
  sql`legs.state in ('pending', 'submitted') and zone = ${zone} and day = ${day} and payment_days = ${paymentDays}`;

/** Orders that are read and added up before others have their turn. */
const TURN = 2_000;

/**
 * The books of all slots of a day: what waits at each price, less what is filled or about to be opened. Of the database it
 * reads only what has changed since it was read last.
 */
export class DayBook {
  readonly #place: BookPlace;
  readonly #waiting = new Map<number, Waiting>();
  readonly #moving = new Map<number, Moving>();
  /** What is about to be opened of an order. */
  readonly #movingOf = new Map<string, Set<Moving>>();
  readonly #sides = { sell: emptySlots(), buy: emptySlots() };

  constructor(place: BookPlace) {
    this.#place = place;
  }

  /** How many orders wait in all slots together. */
  get orders(): number {
    return this.#waiting.size;
  }

  /** What waits of a side in all slots together. */
  waiting(side: Side): { orders: number; energyWh: bigint } {
    let orders = 0;
    for (const order of this.#waiting.values()) if (order.side === side) orders += 1;
    return { orders, energyWh: this.#sides[side].reduce((sum, levels) => sum + levels.energyWh, 0n) };
  }

  /** What waits in a slot: sales from the cheapest, purchases from the dearest. @param most as many of the best prices */
  levels(side: Side, slot: number, most = Number.POSITIVE_INFINITY): Level[] {
    return this.#sides[side][slot]!.best(side, most);
  }

  /** Brings it up to date. What is being opened is either on its way or filled. */
  async read(db: Database): Promise<void> {
    const isolation = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
    const news = await db.transaction(async (tx) => {
      const [waiting, moving] = [await this.#versions(tx), await this.#legs(tx)];
      const changed = [...waiting].filter(([id, version]) => this.#waiting.get(id)?.version !== version);
      const rows: OrderRow[] = [];
      for (const some of inTurns(changed)) rows.push(...(await readOrders(tx, some)));
      const legs = await readLegs(
        tx,
        [...moving].filter((id) => !this.#moving.has(id)),
      );
      return { waiting, moving, rows, legs };
    }, isolation);

    const left = [...this.#waiting].filter(([id]) => !news.waiting.has(id));
    for (const [id, order] of left) {
      this.#count(order, -1);
      this.#waiting.delete(id);
    }
    for (const [index, { id, version, hash, side, curves }] of news.rows.entries()) {
      if (index % TURN === TURN - 1) await setImmediate();
      const before = this.#waiting.get(id);
      if (before !== undefined) this.#count(before, -1);
      const [offered, limit, filled] = curvesOf(curves);
      const energy = filled === undefined ? offered! : offered!.map((wh, slot) => wh - filled[slot]!);
      const order = { version, hash, side, energy, limit: limit! };
      this.#waiting.set(id, order);
      this.#count(order, 1);
    }
    this.#move(
      [...this.#moving].filter(([id]) => !news.moving.has(id)),
      news.legs.map(({ id, sell, buy, energy }) => [id, { orders: [sell, buy], energy: curvesOf(energy)[0]! }]),
    );
  }

  /** Legs that are not under way any more, and legs that are. */
  #move(gone: readonly [number, Moving][], come: readonly [number, Moving][]): void {
    if (gone.length === 0 && come.length === 0) return;
    const touched = new Set([...gone, ...come].flatMap(([, { orders }]) => orders));
    const orders = [...this.#waiting.values()].filter(({ hash }) => touched.has(hash));
    for (const order of orders) this.#count(order, -1);
    for (const [id, leg] of gone) {
      this.#moving.delete(id);
      for (const hash of leg.orders) {
        const legs = this.#movingOf.get(hash);
        legs?.delete(leg);
        if (legs?.size === 0) this.#movingOf.delete(hash);
      }
    }
    for (const [id, leg] of come) {
      this.#moving.set(id, leg);
      for (const hash of leg.orders) this.#movingOf.set(hash, (this.#movingOf.get(hash) ?? new Set()).add(leg));
    }
    for (const order of orders) this.#count(order, 1);
  }

  /** Adds what is left of an order to its levels, or takes it out of them. */
  #count({ hash, side, energy, limit }: Waiting, sign: 1 | -1): void {
    const legs = this.#movingOf.get(hash);
    for (let slot = 0; slot < SLOTS; slot += 1) {
      let wh = energy[slot]!;
      if (legs !== undefined) for (const leg of legs) wh -= leg.energy[slot]!;
      if (wh > 0) this.#sides[side][slot]!.add(limit[slot]!, wh, sign);
    }
  }

  /** The orders of the place, each by its number, with the version of its row. */
  async #versions(tx: Database): Promise<Map<number, string>> {
    // In one value: so many rows would take longer to pass on than to find.
    const [found] = await rowsOf<{ all: string | null }>(
      tx,
      sql`select string_agg(sequence || ' ' || xmin::text, ',') as all from orders where ${isOf(this.#place)}`,
    );
    const each = found?.all?.split(",") ?? [];
    return new Map(each.map((text) => text.split(" ") as [string, string]).map(([id, xmin]) => [Number(id), xmin]));
  }

  async #legs(tx: Database): Promise<Set<number>> {
    const [found] = await rowsOf<{ all: string | null }>(
      tx,
      sql`select string_agg(legs.id::text, ',') as all from legs join rounds on rounds.number = legs.round
        where ${isMoving(this.#place)}`,
    );
    return new Set(found?.all?.split(",").map(Number) ?? []);
  }
}

/** What waits in a slot on a side, by price. A whole zone's energy in a slot is far below 2^53 Wh. */
class Levels {
  readonly #levels = new Map<number, { wh: number; orders: number }>();
  /** From the lowest; none where so many came and went that sorting all of them again costs less. */
  #prices: number[] | undefined;
  #changes = 0;

  add(price: number, wh: number, sign: 1 | -1): void {
    const level = this.#levels.get(price);
    if (level === undefined) {
      this.#levels.set(price, { wh, orders: 1 });
      this.#change((prices, place) => prices.splice(place, 0, price), price);
      return;
    }
    level.wh += sign * wh;
    level.orders += sign;
    if (level.orders > 0) return;
    this.#levels.delete(price);
    this.#change((prices, place) => prices.splice(place, 1), price);
  }

  #change(apply: (prices: number[], place: number) => void, price: number): void {
    this.#changes += 1;
    if (this.#changes > MOST_CHANGES) this.#prices = undefined;
    if (this.#prices !== undefined) apply(this.#prices, placeOf(price, this.#prices));
  }

  get energyWh(): bigint {
    let sum = 0n;
    for (const { wh } of this.#levels.values()) sum += BigInt(wh);
    return sum;
  }

  best(side: Side, most: number): Level[] {
    this.#changes = 0;
    this.#prices ??= [...Uint32Array.from(this.#levels.keys()).sort()];
    const prices = this.#prices;
    const count = Math.min(most, prices.length);
    return Array.from({ length: count }, (_, place) => {
      const price = prices[side === "sell" ? place : prices.length - 1 - place]!;
      const { wh, orders } = this.#levels.get(price)!;
      return { price, energyWh: BigInt(wh), orders };
    });
  }
}

/** Prices that come and go one by one before all are sorted again. */
const MOST_CHANGES = 100;

/** Where a price stands among others from the lowest, or is to stand. */
function placeOf(price: number, prices: readonly number[]): number {
  let [from, to] = [0, prices.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (prices[middle]! < price) from = middle + 1;
    else to = middle;
  }
  return from;
}

const emptySlots = () => Array.from({ length: SLOTS }, () => new Levels());

interface OrderRow {
  id: number;
  version: string;
  hash: string;
  side: Side;
  /** What it offers, its limits, and what is filled if anything is. */
  curves: string;
}

async function readOrders(tx: Database, changed: readonly [number, string][]): Promise<OrderRow[]> {
  const found = await rowsOf<Omit<OrderRow, "id"> & { id: string }>(
    tx,
    sql`select sequence::text as id, xmin::text as version, hash, side,
        encode(energy || price || coalesce(filled, ''), 'base64') as curves
      from orders where sequence = any(${arrayOf(changed.map(([id]) => id))}::bigint[])`,
  );
  return found.map((row) => ({ ...row, id: Number(row.id) }));
}

async function readLegs(tx: Database, ids: readonly number[]) {
  if (ids.length === 0) return [];
  const found = await rowsOf<{ id: string; sell: string; buy: string; energy: string }>(
    tx,
    sql`select id::text, sell_order as sell, buy_order as buy, encode(energy, 'base64') as energy
      from legs where id = any(${arrayOf(ids)}::bigint[])`,
  );
  return found.map((row) => ({ ...row, id: Number(row.id) }));
}

async function rowsOf<Row>(tx: Database, query: SQL): Promise<Row[]> {
  return ((await tx.execute(query)) as unknown as { rows: Row[] }).rows;
}

/** An array as the database reads it out of text. */
const arrayOf = (numbers: readonly number[]) => `{${numbers.join(",")}}`;

function* inTurns<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += TURN) yield items.slice(from, from + TURN);
}

/** Curves one behind the other, each of 96 times four bytes below 2^31. */
function curvesOf(base64: string): Slots[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length / (SLOTS * 4) }, (_, curve) =>
    Int32Array.from({ length: SLOTS }, (_, slot) => bytes.readInt32BE((curve * SLOTS + slot) * 4)),
  );
}
