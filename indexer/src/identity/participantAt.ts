import type { Context } from "ponder:registry";
import { account } from "ponder:schema";
import type { Address } from "viem";

/** Whose an address is; null if it was never a participant's. */
export async function participantAt(db: Context["db"], address: Address): Promise<number | null> {
  return (await db.find(account, { address }))?.participantId ?? null;
}
