import { and, asc, eq, getTableColumns, gt, inArray, lt, lte, ne, sql } from "drizzle-orm";
import { type Address, type Hex, parseTransaction } from "viem";
import type { Database } from "../db/database.ts";
import { type TransactionState, transactions } from "../sending/tables.ts";
import { type TaskRow, tasks } from "./tables.ts";

/** Something to do from a second on. */
export interface Due {
  kind: string;
  subject: string;
  /** Unix second on the chain. */
  dueAt: number;
}

/** A task as it stood when it was looked at. */
export interface LookedAt extends TaskRow {
  /** Which of the row's states this is: Postgres gives another one with each update. */
  version: string;
}

const IN_ROW = { ...getTableColumns(tasks), version: sql<string>`${tasks}.xmin::text` };
/** What another key signed has this long to come through before what it carried is done without it. */
const ABANDONED_MS = 60_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Writes down what there is to do. A task that waits already is not doubled. */
export async function addDue(tx: Database, list: string, due: readonly Due[]): Promise<void> {
  for (const { kind, subject, dueAt } of due) {
    await tx.execute(sql`
      insert into tasks (list, kind, subject, due_at) values (${list}, ${kind}, ${subject}, ${dueAt})
      on conflict (list, kind, subject) where state <> 'done'
      do update set due_at = least(tasks.due_at, excluded.due_at)`);
  }
}

/** Tasks of a kind that can be done now, again if they waited after a failure. */
export async function wake(
  db: Database,
  { list, kind }: Pick<TaskRow, "list" | "kind">,
  subjects: readonly string[],
): Promise<void> {
  await db
    .insert(tasks)
    .values(subjects.map((subject) => ({ list, kind, subject, dueAt: 0 })))
    .onConflictDoUpdate({
      target: [tasks.list, tasks.kind, tasks.subject],
      targetWhere: sql`state <> 'done'`,
      set: { dueAt: 0, attempts: 0, retryAt: new Date() },
    });
}

/** A task that another one of its list waits for. */
export async function ensure(db: Database, { list, subject }: TaskRow, kind: string): Promise<void> {
  await db.insert(tasks).values({ list, kind, subject, dueAt: 0 }).onConflictDoNothing();
}

/** A task that another kind of task brings to its end. */
export async function handOver(db: Database, task: LookedAt, kind: string, note: string): Promise<void> {
  await db.transaction(async (tx) => {
    await wake(tx, { list: task.list, kind }, [task.subject]);
    await writeDone(tx, task, note);
  });
}

/** The oldest task of a list that can be done now, and others of its kind. */
export async function nextBatch(db: Database, list: string, now: number, most: number): Promise<LookedAt[]> {
  const ready = and(
    eq(tasks.state, "waiting"),
    eq(tasks.list, list),
    lte(tasks.dueAt, now),
    sql`${tasks.retryAt} <= ${new Date().toISOString()}`,
  );
  const [first] = await db.select().from(tasks).where(ready).orderBy(asc(tasks.dueAt), asc(tasks.id)).limit(1);
  if (first === undefined) return [];
  return db
    .select(IN_ROW)
    .from(tasks)
    .where(and(ready, eq(tasks.kind, first.kind)))
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
    .limit(most);
}

/** A task that ended, by this process or another; one that was woken since it was looked at is looked at again. */
export async function writeDone(db: Database, { id, version }: LookedAt, note: string): Promise<void> {
  await db
    .update(tasks)
    .set({ state: "done", note, endedAt: new Date() })
    .where(and(eq(tasks.id, id), sql`${tasks}.xmin::text = ${version}`));
}

export async function writeLater(db: Database, id: number, dueAt: number): Promise<void> {
  await db.update(tasks).set({ dueAt }).where(eq(tasks.id, id));
}

/** A task that could not be done now: tried again after a wait that doubles. */
export async function writeFailed(db: Database, { id, attempts }: TaskRow, note: string): Promise<void> {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 20));
  const retryAt = new Date(Date.now() + wait);
  await db
    .update(tasks)
    .set({ state: "waiting", note, attempts: attempts + 1, retryAt })
    .where(eq(tasks.id, id));
}

/** A task that its node kept from being done, which is no failure of its own: tried again soon. */
export async function writeAgain(db: Database, { id }: TaskRow, note: string): Promise<void> {
  await db
    .update(tasks)
    .set({ state: "waiting", note, retryAt: new Date(Date.now() + FIRST_WAIT_MS) })
    .where(eq(tasks.id, id));
}

/** Tasks on their way to the chain. */
export async function writeSubmitted(tx: Database, transaction: number, carried: readonly TaskRow[]): Promise<void> {
  const ids = carried.map(({ id }) => id);
  await tx.update(tasks).set({ state: "sent", transaction }).where(inArray(tasks.id, ids));
}

/** The call that the chain took last for a task that has not waited since. */
export async function takenCall(db: Database, { transaction, retryAt }: TaskRow): Promise<Hex | undefined> {
  if (transaction === null) return undefined;
  const isTaken = and(eq(transactions.id, transaction), eq(transactions.state, "sealed"));
  const [row] = await db
    .select()
    .from(transactions)
    .where(and(isTaken, gt(transactions.endedAt, retryAt)));
  return row === undefined ? undefined : parseTransaction(row.raw).data;
}

/** Takes back what a key that is not used any more signed and did not bring to the chain. */
export async function takeBack(db: Database, list: string, account: Address): Promise<void> {
  const abandoned = db
    .select({ id: transactions.id })
    .from(transactions)
    .where(
      and(
        eq(transactions.purpose, list),
        inArray(transactions.state, ["signed", "sent"]),
        ne(transactions.sender, account.toLowerCase() as Address),
        lt(transactions.signedAt, new Date(Date.now() - ABANDONED_MS)),
      ),
    );
  await db
    .update(tasks)
    .set({ state: "waiting" })
    .where(and(eq(tasks.list, list), eq(tasks.state, "sent"), inArray(tasks.transaction, abandoned)));
}

/** What an ended transaction carried is looked at again, and is done if the chain says so. */
export async function writeReturned(
  tx: Database,
  { id, hash }: { id: number; hash: string },
  state: TransactionState,
): Promise<void> {
  const isCarried = and(eq(tasks.transaction, id), eq(tasks.state, "sent"));
  if (state !== "reverted") {
    await tx.update(tasks).set({ state: "waiting" }).where(isCarried);
    return;
  }
  const carried = await tx.select().from(tasks).where(isCarried);
  for (const task of carried) await writeFailed(tx, task, `The transaction ${hash} was undone.`);
}

/** How many tasks of a list could be done now. */
export function waitingCount(db: Database, list: string, now: number): Promise<number> {
  return db.$count(tasks, and(eq(tasks.state, "waiting"), eq(tasks.list, list), lte(tasks.dueAt, now)));
}
