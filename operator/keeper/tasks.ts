import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import { keeperProgress, type TaskRow, type TransactionState, tasks } from "../db/schema.ts";

/** What the keeper does when it is due; nothing of it asks for a role, so that anybody else can do it too. */
export const KEEPER_KINDS = [
  ...(["freeze", "lapse", "settle", "release", "mintSurplus", "adjust"] as const),
  ...(["collect", "markOverdue", "declareDefault", "releaseBid"] as const),
];
/** What becomes of readings, for whoever holds the meter operator's role. */
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
export async function handOver(db: Database, { id, subject }: TaskRow, kind: TaskKind, note: string): Promise<void> {
  await db.transaction(async (tx) => {
    await wake(tx, kind, [subject]);
    await writeDone(tx, id, note);
  });
}

/** The oldest task of some kinds that can be done now, and others of its kind. */
export async function nextBatch(
  db: Database,
  kinds: readonly TaskKind[],
  now: number,
  most: number,
): Promise<TaskRow[]> {
  const ready = and(
    eq(tasks.state, "waiting"),
    inArray(tasks.kind, [...kinds]),
    lte(tasks.dueAt, now),
    sql`${tasks.retryAt} <= ${new Date().toISOString()}`,
  );
  const [first] = await db.select().from(tasks).where(ready).orderBy(asc(tasks.dueAt), asc(tasks.id)).limit(1);
  if (first === undefined) return [];
  return db
    .select()
    .from(tasks)
    .where(and(ready, eq(tasks.kind, first.kind)))
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
    .limit(most);
}

/** A task that came to its end, whoever brought it there. */
export async function writeDone(db: Database, id: number, note: string): Promise<void> {
  await db.update(tasks).set({ state: "done", note, endedAt: new Date() }).where(eq(tasks.id, id));
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
