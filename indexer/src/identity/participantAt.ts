import type { Context } from "ponder:registry";
import type { Address } from "viem";
import { account } from "./schema.ts";

/** Whose an address is; null if it was never a participant's. */
export async function participantAt(db: Context["db"], address: Address): Promise<number | null> {
  return (await db.find(account, { address }))?.participantId ?? null;
}
