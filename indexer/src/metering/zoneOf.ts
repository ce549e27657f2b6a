import type { Context } from "ponder:registry";
import { meter } from "./schema.ts";

/** Where a meter is; a meter never moves. */
export async function zoneOf(db: Context["db"], meterId: bigint): Promise<number> {
  const found = await db.find(meter, { id: meterId });
  if (found === null) throw new Error(`Meter ${meterId} trades but was never registered.`);
  return found.zoneId;
}
