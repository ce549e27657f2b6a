import { and, asc, eq, getTableColumns, gt, inArray, lt, lte, ne, sql } from "drizzle-orm";
import { type Address, type Hex, parseTransaction } from "viem";
import type { Database } from "../db/database.ts";
import {
  keeperProgress,
  type Purpose,
  type TaskRow,
  type TransactionState,
  tasks,
  transactions,
} from "../db/schema.ts";

/** What the keeper does when it is due; nothing of it asks for a role, so that anybody else can do it too. */
export const KEEPER_KINDS = [
  ...(["finalise", "lapse", "settle", "release", "mintSurplus", "adjust"] as const),
  ...(["collect", "markOverdue", "declareDefault", "releaseBid"] as const),
];
/** What becomes of readings, for the holder of the meter operator's role. */
export const METER_KINDS = ["report", "correct"] as const;
export const TASK_KINDS = [...KEEPER_KINDS, ...METER_KINDS];
export type TaskKind = (typeof TASK_KINDS)[number];

/** Something to do from a second on. */
export interface Due {
  kind: TaskKind;
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
/** What another key signed has so long to come through before what it carried is done without it. */
const ABANDONED_MS = 60_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/** The block up to which events became tasks; undefined before the first look. */
export async function progress(db: Database): Promise<bigint | undefined> {
  const [row] = await db.select().from(keeperProgress);
  return row === undefined ? undefined : BigInt(row.block);
}

/** Writes down what events ask for, together with how far they were read. A task that waits already is not doubled. */
export async function writeDue(db: Database, due: readonly Due[], block: bigint): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { kind, subject, dueAt } of due) {
      await tx.execute(sql`
        insert into tasks (kind, subject, due_at) values (${kind}, ${subject}, ${dueAt})
        on conflict (kind, subject) where state <> 'done' do update set due_at = least(tasks.due_at, excluded.due_at)`);
    }
    await tx.delete(keeperProgress);
    await tx.insert(keeperProgress).values({ block: Number(block) });
  });
}

/** Tasks of a kind that can be done now, again if they waited after a failure. */
export async function wake(db: Database, kind: TaskKind, subjects: readonly string[]): Promise<void> {
  await db
    .insert(tasks)
    .values(subjects.map((subject) => ({ kind, subject, dueAt: 0 })))
    .onConflictDoUpdate({
      target: [tasks.kind, tasks.subject],
      targetWhere: sql`state <> 'done'`,
      set: { dueAt: 0, attempts: 0, retryAt: new Date() },
    });
}

/** A task that another one waits for. */
export async function ensure(db: Database, kind: TaskKind, subject: string): Promise<void> {
  await db.insert(tasks).values({ kind, subject, dueAt: 0 }).onConflictDoNothing();
}

/** A task that another kind of task brings to its end. */
export async function handOver(db: Database, task: LookedAt, kind: TaskKind, note: string): Promise<void> {
  await db.transaction(async (tx) => {
    await wake(tx, kind, [task.subject]);
    await writeDone(tx, task, note);
  });
}

/** The oldest task of some kinds that can be done now, and others of its kind. */
export async function nextBatch(
  db: Database,
  kinds: readonly TaskKind[],
  now: number,
  most: number,
): Promise<LookedAt[]> {
  const ready = and(
    eq(tasks.state, "waiting"),
    inArray(tasks.kind, [...kinds]),
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
export async function takeBack(db: Database, purpose: Purpose, account: Address): Promise<void> {
  const abandoned = db
    .select({ id: transactions.id })
    .from(transactions)
    .where(
      and(
        eq(transactions.purpose, purpose),
        inArray(transactions.state, ["signed", "sent"]),
        ne(transactions.sender, account.toLowerCase() as Address),
        lt(transactions.signedAt, new Date(Date.now() - ABANDONED_MS)),
      ),
    );
  await db
    .update(tasks)
    .set({ state: "waiting" })
    .where(and(eq(tasks.state, "sent"), inArray(tasks.transaction, abandoned)));
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

/** Tasks that could be done now. */
export function waitingCount(db: Database, kinds: readonly TaskKind[], now: number): Promise<number> {
  return db.$count(tasks, and(eq(tasks.state, "waiting"), inArray(tasks.kind, [...kinds]), lte(tasks.dueAt, now)));
}
