import type { Database } from "../db/database.ts";
import { addDue, type Due } from "../tasks/list.ts";
import { LIST } from "./kinds.ts";
import { keeperProgress } from "./tables.ts";

/** The block up to which events became tasks; undefined before the first look. */
export async function progress(db: Database): Promise<bigint | undefined> {
  const [row] = await db.select().from(keeperProgress);
  return row === undefined ? undefined : BigInt(row.block);
}

/** Writes down what events ask for, together with how far they were read. */
export async function writeDue(db: Database, due: readonly Due[], block: bigint): Promise<void> {
  await db.transaction(async (tx) => {
    await addDue(tx, LIST, due);
    await tx.delete(keeperProgress);
    await tx.insert(keeperProgress).values({ block: Number(block) });
  });
}
