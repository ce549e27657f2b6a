import { and, eq, gte, sql } from "drizzle-orm";
import { getBlock } from "viem/actions";
import { type Day, dayOf, formatDay, priceLimits } from "../../sdk/index.ts";
import type { ChainView } from "../chain/view.ts";
import { clearDay } from "../clearing/clearDay.ts";
import { matchDay } from "../clearing/matchDay.ts";
import type { PriceRule } from "../clearing/priceRule.ts";
import type { Database } from "../db/database.ts";
import { closings, orders, type RoundRow } from "../db/schema.ts";
import type { EventHub } from "../events/hub.ts";
import type { Metrics } from "../metrics.ts";
import { pair } from "../pairing/pair.ts";
import { roundSeed } from "../pairing/roundSeed.ts";
import { readBooks, readLeftOut, readOwners, type WaitingBook } from "./books.ts";
import { nextNumber, type PlannedTrade, writeRound } from "./write.ts";

export interface ClearingParts {
  db: Database;
  view: ChainView;
  hub: EventHub;
  metrics: Metrics;
  rule: PriceRule;
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

  /** @param isClosing whether this is the clearing at the close of the book, of which there is one. */
  clear(zone: number, day: Day, { isClosing = false } = {}): Promise<number[]> {
    return this.#inTurn(() => this.#clear({ zone, day }, isClosing));
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

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#under.then(work);
    this.#under = done.catch(() => {});
    return done;
  }

  async #clear(place: Place, isClosing: boolean): Promise<number[]> {
    const { view, rule } = this.#parts;
    const [rules, block] = await Promise.all([view.rules(), getBlock(view.platform.client)]);
    const terms = { rule, ...priceLimits(rules, place.day) };
    const plan: Plan = ({ orders }, number) => {
      const { price, fills } = clearDay(orders, terms);
      if (fills.length === 0) return [];
      const cleared = fills.map(({ order, energy }) => ({ ...order, energy }));
      const [sells, buys] = (["sell", "buy"] as const).map((side) => cleared.filter((order) => order.side === side));
      const seed = roundSeed({ round: BigInt(number), day: place.day, blockHash: block.hash });
      const trades = pair(sells!, buys!, seed).flatMap(({ sell, legs }) => legs.map((leg) => ({ sell, ...leg })));
      return [{ matching: "auction", seed, price, trades }];
    };
    return this.#write(place, plan, isClosing);
  }

  async #match(place: Place): Promise<number[]> {
    const { db, view } = this.#parts;
    const terms = { ...priceLimits(await view.rules(), place.day), isBarred: await readLeftOut(db, place) };
    const plan: Plan = ({ orders }) =>
      matchDay(orders, terms).map(({ price, legs }) => ({ matching: "continuous", seed: null, price, trades: legs }));
    return this.#write(place, plan, false);
  }

  /** Plans and writes down the rounds of all books of a zone and day at once; their numbers. */
  async #write(place: Place, plan: Plan, isClosing: boolean): Promise<number[]> {
    const { db, view, hub, metrics } = this.#parts;
    const { zone, day } = place;
    const time = metrics.clearing.startTimer();
    const [now, owners] = [await view.now(), await readOwners(db, view, place)];
    const written = await db.transaction(async (tx) => {
      const written: { round: number; matching: RoundRow["matching"] }[] = [];
      for (const waiting of await readBooks(tx, { ...place, now }, owners)) {
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
      hub.tell({ topic: "round", zone, day: formatDay(day), data: { ...data, state: "cleared" } });
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
