import { and, eq, lt, max, sql } from "drizzle-orm";
import { getBlock } from "viem/actions";
import {
  bandsToCurves,
  type Curve,
  type Day,
  formatDay,
  priceLimits,
  subtractCurves,
  ZERO_CURVE,
} from "../../sdk/index.ts";
import type { ChainView } from "../chain/view.ts";
import { clearDay } from "../clearing/clearDay.ts";
import type { PriceRule } from "../clearing/priceRule.ts";
import type { Database } from "../db/database.ts";
import { closings, legs, type OrderRow, orders, rounds, service } from "../db/schema.ts";
import type { EventHub } from "../events/hub.ts";
import type { Metrics } from "../metrics.ts";
import { openOrders } from "../orders/store.ts";
import { pair } from "../pairing/pair.ts";
import { roundSeed } from "../pairing/roundSeed.ts";

interface Book {
  paymentDays: number;
  rows: OrderRow[];
}

export interface ClearingParts {
  db: Database;
  view: ChainView;
  hub: EventHub;
  metrics: Metrics;
  rule: PriceRule;
}

/** Rows of one insert: a server takes 65,535 values in a statement. */
const ROWS = 1_000;

/** Clears what waits for a zone and day, each payment term as a book of its own, and keeps what is to be opened. */
export class ClearingDesk {
  readonly #parts: ClearingParts;
  /** One at a time: a second one would clear the same orders. */
  #under: Promise<unknown> = Promise.resolve();

  constructor(parts: ClearingParts) {
    this.#parts = parts;
  }

  /** @param isClosing whether this is the clearing at the close of the book, of which there is one. */
  clear(zone: number, day: Day, { isClosing = false } = {}): Promise<number[]> {
    const cleared = this.#under.then(() => this.#clear(zone, day, isClosing));
    this.#under = cleared.catch(() => {});
    return cleared;
  }

  /** Clears every book that has closed and was not cleared since. */
  async clearClosed(leadSeconds: number): Promise<void> {
    const { db, view } = this.#parts;
    const waiting = await db
      .selectDistinct({ zone: orders.zone, day: orders.day })
      .from(orders)
      .leftJoin(closings, and(eq(closings.zone, orders.zone), eq(closings.day, orders.day)))
      .where(and(eq(orders.state, "open"), sql`${closings.zone} is null`));
    const now = await view.now();
    for (const { zone, day } of waiting) {
      const { closesAt } = await view.gate(day);
      if (now >= closesAt - leadSeconds) await this.clear(zone, day, { isClosing: true });
    }
  }

  async #clear(zone: number, day: Day, isClosing: boolean): Promise<number[]> {
    const { db, view, hub, metrics, rule } = this.#parts;
    const time = metrics.clearing.startTimer();
    const [now, rules, block] = await Promise.all([view.now(), view.rules(), getBlock(view.platform.client)]);
    const terms = { rule, ...priceLimits(rules, day) };
    const owners = await this.#owners(zone, day);

    const numbers = await db.transaction(async (tx) => {
      await tx
        .update(orders)
        .set({ state: "expired" })
        .where(and(eq(orders.state, "open"), lt(orders.expiry, BigInt(now))));
      const numbers: number[] = [];
      for (const { paymentDays, rows } of await this.#books(tx, zone, day)) {
        const waiting = rows.map((row) => ({
          ...standing(row),
          id: row.hash,
          owner: owners.get(row.meter) ?? row.trader,
        }));
        const { price, fills } = clearDay(waiting, terms);
        if (fills.length === 0) continue;
        const number = await nextRound(tx);
        const seed = roundSeed({ round: BigInt(number), day, blockHash: block.hash });
        const cleared = fills.map(({ order, energy }) => ({ ...order, energy }));
        const side = (wanted: OrderRow["side"]) => cleared.filter((order) => order.side === wanted);
        const paired = pair(side("sell"), side("buy"), seed);
        await tx.insert(rounds).values({ number, zone, day, paymentDays, seed, price });
        const planned = paired
          .flatMap(({ sell, legs }) =>
            legs.map(({ buy, energy }) => ({ sellOrder: sell.id, buyOrder: buy.id, sellerMeter: sell.meter, energy })),
          )
          .map((leg, place) => ({ ...leg, round: number, place }));
        for (let next = 0; next < planned.length; next += ROWS) {
          await tx.insert(legs).values(planned.slice(next, next + ROWS));
        }
        numbers.push(number);
      }
      if (isClosing) await tx.insert(closings).values({ zone, day }).onConflictDoNothing();
      return numbers;
    });
    time();
    for (const round of numbers)
      hub.tell({ topic: "round", zone, day: formatDay(day), data: { round, state: "cleared" } });
    return numbers;
  }

  /** Orders with something left that no round has taken already, by payment term. */
  async #books(tx: Database, zone: number, day: Day): Promise<Book[]> {
    const taken = await takenByOrder(tx, zone, day);
    const rows = (await openOrders(tx, zone, day)).map((row) => {
      const more = taken.get(row.hash);
      return more === undefined ? row : { ...row, filled: plus(row.filled ?? ZERO_CURVE, more) };
    });
    return [...Map.groupBy(rows, ({ paymentDays }) => paymentDays)].map(([paymentDays, rows]) => ({
      paymentDays,
      rows,
    }));
  }

  /** Whose each meter is: nobody trades with itself, whoever trades for it. */
  async #owners(zone: number, day: Day): Promise<Map<bigint, number>> {
    const { db, view } = this.#parts;
    const found = await db
      .selectDistinct({ meter: orders.meter })
      .from(orders)
      .where(and(eq(orders.zone, zone), eq(orders.day, day), eq(orders.state, "open")));
    const owners = new Map<bigint, number>();
    for (const { meter } of found) owners.set(meter, (await view.meter(meter)).trader);
    return owners;
  }
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

async function nextRound(tx: Database): Promise<number> {
  const [own] = await tx.select({ firstRound: service.firstRound }).from(service);
  const [last] = await tx.select({ number: max(rounds.number) }).from(rounds);
  return Math.max(own?.firstRound ?? 1, (last?.number ?? 0) + 1);
}

function standing({ side, bands, filled, meter }: OrderRow) {
  const { energy, price: limit } = bandsToCurves(bands);
  return { side, meter, limit, energy: filled === null ? energy : subtractCurves(energy, filled) };
}

/** May pass 2^31 for a moment where a fill told by the chain is already in both. */
const plus = (left: Curve, right: Curve): Curve => left.map((value, slot) => value + (right[slot] ?? 0));
