import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { Database } from "../db/database.ts";
import { type LegRow, legs, type OrderRow, orders, type SubmissionRow, submissions } from "../db/schema.ts";
import type { Busy } from "./plan.ts";

/** What is written before and after each step towards the chain; whoever starts next goes on from here. */

const UNDER_WAY = ["signed", "sent"] as const;

/** Transactions whose fate is not known, in the order in which the chain takes them. */
export async function underWay(db: Database): Promise<SubmissionRow[]> {
  return db
    .select()
    .from(submissions)
    .where(inArray(submissions.state, [...UNDER_WAY]))
    .orderBy(asc(submissions.sender), asc(submissions.nonce));
}

/** Legs that wait, in the order of rounds and places. */
export async function waitingLegs(db: Database): Promise<LegRow[]> {
  return db.select().from(legs).where(eq(legs.state, "pending")).orderBy(asc(legs.round), asc(legs.place));
}

export async function legsOf(db: Database, submission: number): Promise<LegRow[]> {
  return db.select().from(legs).where(eq(legs.submission, submission)).orderBy(asc(legs.place));
}

/** Orders and meters that transactions under way touch. */
export async function busyWith(db: Database): Promise<Busy> {
  const sent = await db
    .select({ sell: legs.sellOrder, buy: legs.buyOrder, meter: legs.sellerMeter })
    .from(legs)
    .where(eq(legs.state, "submitted"));
  return {
    orders: new Set(sent.flatMap(({ sell, buy }) => [sell, buy])),
    meters: new Set(sent.map(({ meter }) => meter)),
  };
}

export async function ordersByHash(db: Database, hashes: readonly Hex[]): Promise<Map<Hex, OrderRow>> {
  const distinct = [...new Set(hashes)];
  const found = distinct.length === 0 ? [] : await db.select().from(orders).where(inArray(orders.hash, distinct));
  return new Map(found.map((row) => [row.hash, row]));
}

/** The nonce after all that the journal knows of a sender; none if it knows of none. */
export async function nextNonce(db: Database, sender: Address): Promise<number | undefined> {
  const [row] = await db
    .select({ last: sql<number | null>`max(${submissions.nonce})::int` })
    .from(submissions)
    .where(and(eq(submissions.sender, sender), sql`${submissions.state} <> 'lost'`));
  return row?.last === null || row?.last === undefined ? undefined : row.last + 1;
}

/** Writes down a signed transaction with the legs it carries, before anybody else sees it. */
export async function writeSigned(
  db: Database,
  signed: Pick<SubmissionRow, "round" | "sender" | "nonce" | "transaction" | "hash">,
  carried: readonly number[],
): Promise<SubmissionRow> {
  return db.transaction(async (tx) => {
    const [row] = await tx.insert(submissions).values(signed).returning();
    const { id } = row as SubmissionRow;
    await tx
      .update(legs)
      .set({ state: "submitted", submission: id })
      .where(inArray(legs.id, [...carried]));
    return row as SubmissionRow;
  });
}

export async function writeSent(db: Database, id: number): Promise<void> {
  await db
    .update(submissions)
    .set({ state: "sent", sentAt: new Date() })
    .where(and(eq(submissions.id, id), inArray(submissions.state, [...UNDER_WAY])));
}

/** A transaction whose nonce another one took: its legs wait again. */
export async function writeLost(db: Database, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    const reason = "another transaction of the sender took its nonce";
    await tx.update(submissions).set({ state: "lost", reason, endedAt: new Date() }).where(eq(submissions.id, id));
    await tx
      .update(legs)
      .set({ state: "pending", submission: null })
      .where(and(eq(legs.submission, id), eq(legs.state, "submitted")));
  });
}

/** Legs that are not opened, with the reason. */
export async function writeSkipped(db: Database, skipped: readonly number[], reason: string): Promise<void> {
  if (skipped.length === 0) return;
  await db
    .update(legs)
    .set({ state: "skipped", reason })
    .where(inArray(legs.id, [...skipped]));
}
