import { and, asc, count, eq, inArray, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Database } from "../db/database.ts";
import { type TransactionRow, transactions } from "./tables.ts";

/** What is written before and after each step towards the chain; the next process continues from here. */

const IS_UNDER_WAY = inArray(transactions.state, ["signed", "sent"]);

/** Transactions whose fate is not known, in the order in which the chain takes them. */
export async function underWay(db: Database, purpose: string): Promise<TransactionRow[]> {
  return db
    .select()
    .from(transactions)
    .where(and(eq(transactions.purpose, purpose), IS_UNDER_WAY))
    .orderBy(asc(transactions.sender), asc(transactions.nonce));
}

/** How many they are of each sender. */
export async function countUnderWay(db: Database, purpose: string): Promise<Map<Address, number>> {
  const counted = await db
    .select({ sender: transactions.sender, count: count() })
    .from(transactions)
    .where(and(eq(transactions.purpose, purpose), IS_UNDER_WAY))
    .groupBy(transactions.sender);
  return new Map(counted.map(({ sender, count }) => [sender, count]));
}

/** The nonce after all that the journal knows of a sender; none if it knows of none. */
export async function nextNonce(db: Database, sender: Address): Promise<number | undefined> {
  const [row] = await db
    .select({ last: sql<number | null>`max(${transactions.nonce})::int` })
    .from(transactions)
    .where(and(eq(transactions.sender, sender), sql`${transactions.state} <> 'lost'`));
  return row?.last === null || row?.last === undefined ? undefined : row.last + 1;
}

/** Writes down a signed transaction, and with it what it carries, before anybody else sees it. */
export async function writeSigned(
  db: Database,
  signed: Pick<TransactionRow, "purpose" | "subject" | "sender" | "nonce" | "raw" | "hash">,
  carry: (tx: Database, id: number) => Promise<unknown>,
): Promise<TransactionRow> {
  return db.transaction(async (tx) => {
    const [row] = (await tx.insert(transactions).values(signed).returning()) as [TransactionRow];
    await carry(tx, row.id);
    return row;
  });
}

export async function writeSent(db: Database, id: number): Promise<void> {
  await db
    .update(transactions)
    .set({ state: "sent", sentAt: new Date() })
    .where(and(eq(transactions.id, id), IS_UNDER_WAY));
}

/** Ends a transaction together with what it carried; once is enough. */
export async function writeEnd(
  db: Database,
  id: number,
  end: Partial<TransactionRow>,
  carried: (tx: Database) => Promise<unknown>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(transactions)
      .set({ ...end, endedAt: new Date() })
      .where(and(eq(transactions.id, id), IS_UNDER_WAY))
      .returning();
    if (ended.length > 0) await carried(tx);
  });
}
