import { and, eq, gte, sql } from "drizzle-orm";
import { type Day, dayOf, priceLimits } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import type { ChainView } from "../chainView.ts";
import { clearDay } from "../clearing/clearDay.ts";
import { matchDay } from "../clearing/matchDay.ts";
import type { PriceRule } from "../clearing/priceRule.ts";
import type { EventHub } from "../events/hub.ts";
import type { ExchangeMetrics } from "../metrics.ts";
import { expireOrders } from "../orders/store.ts";
import { pair } from "../pairing/pair.ts";
import { roundSeed } from "../pairing/roundSeed.ts";
import { closings, orders, type RoundRow } from "../tables.ts";
import { readBooks, readLeftOut, readOwners, type WaitingBook } from "./books.ts";
import { type Draw, draw } from "./draw.ts";
import { nextNumber } from "./numbers.ts";
import { type PlannedTrade, writeRound } from "./write.ts";

export interface ClearingParts {
  db: Database;
  view: ChainView;
  hub: EventHub;
  metrics: ExchangeMetrics;
  rule: PriceRule;
  /** How long a clearing waits for the block that seeds it. */
  seedWaitMs: number;
}

/** Where and when is traded. */
interface Place {
  zone: number;
  day: Day;
}

/** A round of a book, before it is written down. */
interface PlannedRound extends Pick<RoundRow, "matching" | "seed" | "price"> {
  trades: PlannedTrade[];
}
type Plan = (waiting: WaitingBook, nextNumber: number) => PlannedRound[];

/** Clears what waits for a zone and day, each payment term as a book of its own, and keeps what is to be opened. */
export class ClearingDesk {
  readonly #parts: ClearingParts;
  /** One at a time: a second one would take the same orders. */
  #under: Promise<unknown> = Promise.resolve();
  /** By zone and day, what its orders were when they were matched last. */
  readonly #matched = new Map<string, string>();

  constructor(parts: ClearingParts) {
    this.#parts = parts;
  }

  /** Clears what waits for a zone and day now; the numbers of the rounds. */
  async clear(zone: number, day: Day): Promise<number[]> {
    const drawn = await this.#draw();
    return this.#inTurn(() => this.#clear({ zone, day }, drawn, false));
  }

  /** Ends the orders that nothing can come of any more. */
  async expire(): Promise<void> {
    const { db, view } = this.#parts;
    const [now, { gateLeadSeconds }] = [await view.now(), await view.rules()];
    await expireOrders(db, { now, lastDay: dayOf(now + gateLeadSeconds) });
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
    const due: Place[] = [];
    for (const place of waiting) {
      const { closesAt } = await view.gate(place.day);
      if (now >= closesAt - leadSeconds) due.push(place);
    }
    if (due.length === 0) return;
    const drawn = await this.#draw();
    for (const place of due) await this.#inTurn(() => this.#clear(place, drawn, true));
  }

  /** Matches what came, or came back, since a closed book was cleared, until the chain closes its gate. */
  async matchClosed(): Promise<void> {
    const { db, view } = this.#parts;
    const now = await view.now();
    const closed = await db
      .select()
      .from(closings)
      .where(gte(closings.day, dayOf(now)));
    for (const place of closed) {
      const { closesAt } = await view.gate(place.day);
      if (now >= closesAt) continue;
      const key = `${place.zone} ${place.day}`;
      const news = await this.#newsOf(place);
      if (this.#matched.get(key) === news) continue;
      await this.#inTurn(() => this.#match(place));
      this.#matched.set(key, news);
    }
  }

  #draw(): Promise<Draw> {
    const { db, view, seedWaitMs } = this.#parts;
    return draw(db, view.platform, seedWaitMs);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#under.then(work);
    this.#under = done.catch(() => {});
    return done;
  }

  /** @param isClosing whether this is the clearing at the close of the book, of which there is one. */
  async #clear(place: Place, { upTo, blockHash }: Draw, isClosing: boolean): Promise<number[]> {
    const { view, rule } = this.#parts;
    const { floor, cap } = priceLimits(await view.rules(), place.day);
    // A price of 0 stands for a slot in which nothing was cleared.
    const terms = { rule, floor: Math.max(1, floor), cap };
    const plan: Plan = ({ orders }, number) => {
      const { price, fills } = clearDay(orders, terms);
      if (fills.length === 0) return [];
      const cleared = fills.map(({ order, energy }) => ({ ...order, energy }));
      const [sells, buys] = (["sell", "buy"] as const).map((side) => cleared.filter((order) => order.side === side));
      const seed = roundSeed({ round: BigInt(number), day: place.day, blockHash });
      const trades = pair(sells!, buys!, seed).flatMap(({ sell, legs }) => legs.map((leg) => ({ sell, ...leg })));
      return [{ matching: "auction", seed, price, trades }];
    };
    return this.#write(place, plan, { upTo, isClosing });
  }

  async #match(place: Place): Promise<number[]> {
    const { db, view } = this.#parts;
    const terms = { ...priceLimits(await view.rules(), place.day), isBarred: await readLeftOut(db, place) };
    const plan: Plan = ({ orders }) =>
      matchDay(orders, terms).map(({ price, legs }) => ({ matching: "continuous", seed: null, price, trades: legs }));
    return this.#write(place, plan);
  }

  /** Plans and writes down the rounds of all books of a zone and day at once; their numbers. */
  async #write(
    place: Place,
    plan: Plan,
    { upTo = Number.MAX_SAFE_INTEGER, isClosing = false } = {},
  ): Promise<number[]> {
    const { db, view, hub, metrics } = this.#parts;
    const { zone, day } = place;
    const time = metrics.clearing.startTimer();
    await this.expire();
    const owners = await readOwners(db, view, place);
    const written = await db.transaction(async (tx) => {
      const written: { round: number; matching: RoundRow["matching"] }[] = [];
      for (const waiting of await readBooks(tx, { ...place, upTo }, owners)) {
        let number = await nextNumber(tx);
        for (const { trades, ...round } of plan(waiting, number)) {
          await writeRound(tx, { ...place, number, paymentDays: waiting.paymentDays, ...round }, trades);
          written.push({ round: number, matching: round.matching });
          number += 1;
        }
      }
      if (isClosing) await tx.insert(closings).values(place).onConflictDoNothing();
      return written;
    });
    time();
    for (const data of written) {
      hub.publish({ topic: "round", zone, day, data: { ...data, state: "cleared" } });
    }
    return written.map(({ round }) => round);
  }

  /** Changes when an order came, or a trade that was not opened gave back what it had taken. */
  async #newsOf({ zone, day }: Place): Promise<string> {
    const answer = await this.#parts.db.execute(sql`
      select coalesce(max(orders.sequence), 0)::text as latest,
        (select count(*) from legs join rounds on rounds.number = legs.round
          where rounds.zone = ${zone} and rounds.day = ${day} and legs.state = 'skipped')::text as returned
      from orders where zone = ${zone} and day = ${day} and state = 'open'`);
    const [{ latest, returned } = {}] = (answer as unknown as { rows: Record<string, string>[] }).rows;
    return `${latest} ${returned}`;
  }
}
