import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Hex } from "viem";
import { sumCurve, ZERO_CURVE } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { costLeft } from "../orders/cover.ts";
import { type LegRow, type LegState, legs, type OrderRow, orders, type RoundRow, rounds } from "../tables.ts";
import { MOST_ATTEMPTS, type Skip } from "./judge.ts";
import type { Fill, Outcome } from "./outcome.ts";
import type { PlannedLeg } from "./plan.ts";

/** What is read and written of legs while transactions carry them. */

/** Legs in a state, without their energies, in the order of rounds and places. */
export async function legsIn(db: Database, state: LegState): Promise<PlannedLeg[]> {
  const { id, round, place, sellOrder, buyOrder, sellerMeter, attempts } = legs;
  return db
    .select({ id, round, place, sellOrder, buyOrder, sellerMeter, attempts })
    .from(legs)
    .where(eq(legs.state, state))
    .orderBy(asc(legs.round), asc(legs.place));
}

export async function legsOf(db: Database, transaction: number): Promise<LegRow[]> {
  return db.select().from(legs).where(eq(legs.transaction, transaction)).orderBy(asc(legs.place));
}

/** All there is of legs that were planned. */
export async function wholeLegs(db: Database, planned: readonly PlannedLeg[]): Promise<LegRow[]> {
  return db
    .select()
    .from(legs)
    .where(inArray(legs.id, idsOf(planned)))
    .orderBy(asc(legs.place));
}

export async function ordersOf(db: Database, carried: readonly PlannedLeg[]): Promise<Map<Hex, OrderRow>> {
  const hashes = hashesOf(carried);
  const found = hashes.length === 0 ? [] : await db.select().from(orders).where(inArray(orders.hash, hashes));
  return new Map(found.map((row) => [row.hash, row]));
}

/** Thrown where legs do not wait any more, because a trader took an order back or another process sent them. */
export class NotWaiting extends Error {}

/** Legs go with a transaction only if they still wait, and all of their orders are still to be opened. */
export async function writeSubmitted(tx: Database, transaction: number, carried: readonly PlannedLeg[]): Promise<void> {
  // A cancellation waits until the transaction is written down, and then comes too late for it.
  const states = await tx
    .select({ state: orders.state })
    .from(orders)
    .where(inArray(orders.hash, hashesOf(carried)))
    .orderBy(asc(orders.hash))
    .for("update");
  const sent = await tx
    .update(legs)
    .set({ state: "submitted", transaction })
    .where(and(inArray(legs.id, idsOf(carried)), eq(legs.state, "pending")))
    .returning({ id: legs.id });
  if (sent.length < carried.length || states.some(({ state }) => state === "cancelled")) throw new NotWaiting();
}

/** Legs of a transaction that never came to be wait again. */
export async function writeLost(tx: Database, transaction: number): Promise<void> {
  await tx
    .update(legs)
    .set({ state: "pending", transaction: null })
    .where(and(eq(legs.transaction, transaction), eq(legs.state, "submitted")));
}

/** A transaction that was undone as a whole changed nothing: its legs wait again, fewer at a time. */
export async function writeUndone(tx: Database, carried: readonly LegRow[]): Promise<void> {
  for (const leg of carried) {
    const isLast = leg.attempts + 1 >= MOST_ATTEMPTS;
    await tx
      .update(legs)
      .set(isLast ? { state: "skipped", reason: "Undone" } : waitsAgain(leg))
      .where(eq(legs.id, leg.id));
  }
}

/** What a sealed transaction made of its legs and their orders. */
export async function writeOutcome(tx: Database, { opened, filled }: Outcome, skips: readonly Skip[]): Promise<void> {
  for (const { leg, trade } of opened) {
    await tx.update(legs).set({ state: "opened", trade }).where(eq(legs.id, leg.id));
  }
  await writeFills(tx, filled);
  for (const { leg, again, reason, fresh } of skips) {
    await writeFills(tx, fresh);
    await tx
      .update(legs)
      .set(again ? waitsAgain(leg) : { state: "skipped", reason })
      .where(eq(legs.id, leg.id));
    const fate = FATES[reason];
    if (fate === undefined) continue;
    await tx
      .update(orders)
      .set({ state: fate.state })
      .where(and(eq(orders.hash, leg[fate.of]), eq(orders.state, "open")));
  }
}

/** Orders that were cancelled meanwhile stay so, unless nothing is left of them. What was drawn is the trades'. */
async function writeFills(tx: Database, fills: readonly Fill[]): Promise<void> {
  if (fills.length === 0) return;
  const hashes = fills.map(({ hash }) => hash);
  const rows = await tx.select().from(orders).where(inArray(orders.hash, hashes));
  const before = new Map(rows.map((row) => [row.hash, row]));
  for (const { hash, filled, usedFen, isComplete } of fills) {
    const row = before.get(hash);
    if (row === undefined) continue;
    const [wasLeftWh, isLeftWh] = [row.filled, filled].map(
      (curve) => row.totalEnergyWh - sumCurve(curve ?? ZERO_CURVE),
    );
    const cost = costLeft(row, { wasLeftWh: wasLeftWh!, isLeftWh: isLeftWh!, usedFen });
    const fill = { filled, usedFen, ...cost, ...(isComplete && { state: "filled" as const }) };
    await tx.update(orders).set(fill).where(eq(orders.hash, hash));
  }
}

/** Legs that are not opened, with the reason. */
export async function writeSkipped(db: Database, skipped: readonly PlannedLeg[], reason: string): Promise<void> {
  if (skipped.length === 0) return;
  await db
    .update(legs)
    .set({ state: "skipped", reason })
    .where(inArray(legs.id, idsOf(skipped)));
}

/** Rounds of which nothing waits any more. */
export async function finishRounds(db: Database): Promise<RoundRow[]> {
  return db
    .update(rounds)
    .set({ state: "submitted" })
    .where(
      and(
        eq(rounds.state, "cleared"),
        sql`not exists (select 1 from legs where legs.round = ${rounds.number} and legs.state in ('pending', 'submitted'))`,
      ),
    )
    .returning();
}

/** The orders of legs, each once. */
export const hashesOf = (carried: readonly PlannedLeg[]) => [
  ...new Set(carried.flatMap(({ sellOrder, buyOrder }) => [sellOrder, buyOrder])),
];

const idsOf = (carried: readonly PlannedLeg[]) => carried.map(({ id }) => id);

const waitsAgain = ({ attempts }: LegRow) => ({ state: "pending", transaction: null, attempts: attempts + 1 }) as const;

/** What a reason says of an order for good. */
const FATES: Record<string, { of: "sellOrder" | "buyOrder"; state: "cancelled" | "expired" }> = {
  Cancelled: { of: "sellOrder", state: "cancelled" },
  Expired: { of: "sellOrder", state: "expired" },
  "BuyOrderSkipped: NonceUsed": { of: "buyOrder", state: "cancelled" },
  "BuyOrderSkipped: Expired": { of: "buyOrder", state: "expired" },
};
