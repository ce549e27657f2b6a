import { max } from "drizzle-orm";
import { type Platform, readEvents } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { roundNumbers, rounds } from "../tables.ts";

/** Has a fresh database count rounds on from those of the chain, which remembers the prices of an earlier one's. */
export async function countOn(db: Database, platform: Platform): Promise<void> {
  if ((await db.$count(roundNumbers)) > 0) return;
  const priced = await readEvents(platform, "TradeEscrow", ["ZonePriced"]);
  const last = Math.max(0, ...priced.map(({ args }) => Number(args.round)));
  await db
    .insert(roundNumbers)
    .values({ first: last + 1 })
    .onConflictDoNothing();
}

/** The number of the next round. */
export async function nextNumber(tx: Database): Promise<number> {
  const [own] = await tx.select().from(roundNumbers);
  const [last] = await tx.select({ number: max(rounds.number) }).from(rounds);
  return Math.max(own?.first ?? 1, (last?.number ?? 0) + 1);
}

/** The number of the last round; 0 if there is none. */
export async function lastNumber(db: Database): Promise<number> {
  const [last] = await db.select({ number: max(rounds.number) }).from(rounds);
  return last?.number ?? 0;
}
