import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Hex } from "viem";
import { clearRound } from "../../../sdk/clearing/clearRound.ts";
import { matchDay } from "../../../sdk/clearing/matchDay.ts";
import { roundSeed } from "../../../sdk/clearing/pairing/roundSeed.ts";
import type { PriceRule } from "../../../sdk/clearing/priceRule.ts";
import { type Curve, type Day, dayOf, formatDay, priceLimits } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { Refusal } from "../../gateway/refusal.ts";
import type { ChainView } from "../chainView.ts";
import { type EventHub, publishOrder } from "../events/hub.ts";
import type { ExchangeMetrics } from "../metrics.ts";
import { dropOrder, expireOrders } from "../orders/store.ts";
import { Positions } from "../submission/positions.ts";
import { closings, legs, orders, type RoundRow, rounds } from "../tables.ts";
import { faultsOf, giveUp, roundsToClearAgain } from "./again.ts";
import { readBooks, readLeftOut, readOwners, type WaitingBook, type WaitingOrder } from "./books.ts";
import { type Draw, draw } from "./draw.ts";
import { lastNumber, nextNumber } from "./numbers.ts";
import { recheck } from "./recheck.ts";
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

/** Which books are cleared, and how. */
interface Clearing {
  /** Whether this is the clearing at the close of the book, of which there is one. */
  isClosing?: boolean;
  /** One of the books alone. */
  paymentDays?: number;
  /** At prices that are fixed already. */
  priced?: Curve | undefined;
}

/** A round of a book, before it is written down. */
interface PlannedRound extends Pick<RoundRow, "matching" | "seed" | "blockHash" | "terms" | "price"> {
  trades: PlannedTrade[];
  /** What an auction was cleared of; nothing is kept of a continuous match. */
  book: WaitingOrder[];
}
type Plan = (waiting: WaitingBook, nextNumber: number) => PlannedRound[];

/** Clears what waits for a zone and day, each payment term as a book of its own, and keeps what is to be opened. */
export class ClearingDesk {
  readonly #parts: ClearingParts;
  readonly #positions: Positions;
  /** One at a time: a second one would take the same orders. */
  #under: Promise<unknown> = Promise.resolve();
  /** By zone and day, what its orders were when they were matched last. */
  readonly #matched = new Map<string, string>();

  constructor(parts: ClearingParts) {
    this.#parts = parts;
    this.#positions = new Positions(parts.view.platform);
  }

  /**
   * Clears the books of a zone and day that have closed, and again where nothing was opened and the chain left an order
   * out; the numbers of the rounds.
   */
  async clear(zone: number, day: Day): Promise<number[]> {
    const { db, view } = this.#parts;
    const [now, { cutOff }] = await Promise.all([view.now(), view.hours(day)]);
    if (now < cutOff) throw stillOpen(day, cutOff);
    const before = await lastNumber(db);
    await this.clearClosed();
    const written = await db
      .select({ number: rounds.number })
      .from(rounds)
      .where(and(gt(rounds.number, before), eq(rounds.zone, zone), eq(rounds.day, day), eq(rounds.matching, "auction")))
      .orderBy(rounds.number);
    return written.map(({ number }) => number);
  }

  /** Ends the orders that nothing can come of any more. */
  async expire(): Promise<void> {
    const { db, view, hub } = this.#parts;
    const [now, { gateLeadSeconds }] = [await view.now(), await view.rules()];
    const expired = await expireOrders(db, { now, lastDay: dayOf(now + gateLeadSeconds) });
    for (const order of expired) publishOrder(hub, order);
  }

  /**
   * Clears every book that has closed and was not cleared yet, and again what the chain left an order out of; whether no
   * book waits to be cleared.
   */
  clearClosed(): Promise<boolean> {
    return this.#inTurn(async () => {
      const due = await this.#due();
      if (due.length > 0) {
        // What is on its way draws on margin, or comes back: it is known first.
        if (await this.#isUnderWay()) return false;
        const drawn = await this.#draw();
        await this.#dropUncovered(due);
        for (const place of due) await this.#clear(place, drawn, { isClosing: true });
      }
      for (const number of await roundsToClearAgain(this.#parts.db)) await this.#clearAgain(number);
      return true;
    });
  }

  /** Matches what came, or came back, and may match before its book closes. */
  async matchOpen(): Promise<void> {
    const { db, view } = this.#parts;
    const now = await view.now();
    const waiting = await db
      .selectDistinct({ zone: orders.zone, day: orders.day })
      .from(orders)
      .where(and(eq(orders.state, "open"), eq(orders.continuous, true)));
    for (const place of waiting) {
      const { cutOff } = await view.hours(place.day);
      if (now >= cutOff) continue;
      const key = `${place.zone} ${place.day}`;
      const news = await this.#newsOf(place);
      if (this.#matched.get(key) === news) continue;
      await this.#inTurn(() => this.#match(place));
      this.#matched.set(key, news);
    }
  }

  /** Where a book has closed, and was not cleared. */
  async #due(): Promise<Place[]> {
    const { db, view } = this.#parts;
    const waiting = await db
      .selectDistinct({ zone: orders.zone, day: orders.day })
      .from(orders)
      .leftJoin(closings, and(eq(closings.zone, orders.zone), eq(closings.day, orders.day)))
      .where(and(eq(orders.state, "open"), sql`${closings.zone} is null`));
    const now = await view.now();
    const due: Place[] = [];
    for (const place of waiting) {
      const { cutOff, gate } = await view.hours(place.day);
      if (now >= cutOff && now < gate) due.push(place);
    }
    return due;
  }

  async #isUnderWay(): Promise<boolean> {
    return (await this.#parts.db.$count(legs, inArray(legs.state, ["pending", "submitted"]))) > 0;
  }

  /** Before a price is made: nothing that a trader did to its own order since counts in it. */
  async #dropUncovered(due: readonly Place[]): Promise<void> {
    const { db, view } = this.#parts;
    view.forget();
    const days = [...new Set(due.map(({ day }) => day))];
    const sold = async (day: Day) => (await this.#positions.of(day)).sold;
    for (const [hash, refusal] of await recheck(db, view, days, sold)) await this.#drop(db, hash, refusal);
  }

  async #drop(tx: Database, hash: Hex, refusal: Refusal): Promise<void> {
    const dropped = await dropOrder(tx, hash, refusal);
    if (dropped === undefined) return;
    publishOrder(this.#parts.hub, dropped, refusal.code);
  }

  /** The price stays where the chain has it already: an auction has one. */
  async #clearAgain(number: number): Promise<void> {
    const { db, view } = this.#parts;
    const fault = await faultsOf(db, view, number);
    if (fault === undefined) return;
    const { round } = fault;
    const { zone, day, paymentDays } = round;
    const hash = await view.auctionPriceHash(day, zone, paymentDays);
    const priced = BigInt(hash) === 0n ? undefined : round.price;
    const drawn = await this.#draw();
    await db.transaction(async (tx) => {
      for (const [order, refusal] of fault.orders) await this.#drop(tx, order, refusal);
      await giveUp(tx, number);
    });
    await this.#clear({ zone, day }, drawn, { paymentDays, priced });
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

  /** Clears the books of a zone and day, or one of them. */
  async #clear(place: Place, { upTo, blockHash }: Draw, { isClosing = false, paymentDays, priced }: Clearing) {
    const { view, rule } = this.#parts;
    const rules = await view.rules();
    const { floor, cap } = priceLimits(rules, place.day);
    const { lotWh } = rules;
    const terms = { rule, floor, cap, lotWh: Number(lotWh) };
    const plan: Plan = (waiting, number) => {
      if (paymentDays !== undefined && waiting.paymentDays !== paymentDays) return [];
      const seed = roundSeed({ round: BigInt(number), day: place.day, blockHash });
      const cleared = clearRound(waiting.orders, { ...terms, priced }, seed);
      if (cleared === undefined) return [];
      const by = { blockHash, terms: { ...terms, isPriced: priced !== undefined } };
      return [{ matching: "auction", seed, ...by, ...cleared, book: waiting.orders }];
    };
    return this.#write(place, plan, { upTo, isClosing });
  }

  async #match(place: Place): Promise<number[]> {
    const { db, view } = this.#parts;
    const terms = { ...priceLimits(await view.rules(), place.day), isBarred: await readLeftOut(db, place) };
    const plan: Plan = ({ orders }) =>
      matchDay(
        orders.filter(({ continuous }) => continuous),
        terms,
      ).map(({ price, legs }) => ({
        ...{ matching: "continuous", seed: null, blockHash: null, terms: null, price, trades: legs, book: [] },
      }));
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
        for (const { trades, book, ...round } of plan(waiting, number)) {
          await writeRound(tx, { ...place, number, paymentDays: waiting.paymentDays, ...round }, trades, book);
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

function stillOpen(day: Day, cutOff: number): Refusal {
  const date = formatDay(day);
  const words = {
    en: `The books of ${date} are open until their cut-off: clear them once they have closed.`,
    zh: `${date} 的订单簿尚未截止：请在截止后出清。`,
  };
  return new Refusal(409, "BookOpen", words, { date, cutOff });
}
