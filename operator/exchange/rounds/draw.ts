import { setTimeout } from "node:timers/promises";
import { max } from "drizzle-orm";
import type { Hex } from "viem";
import { getBlock } from "viem/actions";
import type { Platform } from "../../../sdk/index.ts";
import type { Database } from "../../db/database.ts";
import { orders } from "../tables.ts";

/** What a round is drawn from: orders that came up to a sequence, and a block that nobody knew when they came. */
export interface Draw {
  upTo: number;
  blockHash: Hex;
}

const LOOK_MS = 200;

/**
 * Takes what is in the books, then waits for a block after that. Where none comes in time, as on a chain that seals on
 * demand, the last one must do.
 */
export async function draw(db: Database, { client }: Platform, waitMs: number): Promise<Draw> {
  const [last] = await db.select({ sequence: max(orders.sequence) }).from(orders);
  const { number: known } = await getBlock(client);
  const deadline = Date.now() + waitMs;
  for (;;) {
    const { number, hash } = await getBlock(client);
    if (number > known || Date.now() >= deadline) return { upTo: last?.sequence ?? 0, blockHash: hash };
    await setTimeout(LOOK_MS);
  }
}
