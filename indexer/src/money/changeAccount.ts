import type { Context } from "ponder:registry";
import { depositAccount } from "./schema.ts";

type Account = typeof depositAccount.$inferSelect;

/** Changes a participant's row, which begins with nothing; answers the row as it is then. */
export async function changeAccount(
  db: Context["db"],
  participantId: number,
  change: (row: Account) => Partial<Account>,
): Promise<Account> {
  await db
    .insert(depositAccount)
    .values({ participantId, balanceFen: 0n, heldFen: 0n, issuedFen: 0n, redeemedFen: 0n, frozen: false })
    .onConflictDoNothing();
  return db.update(depositAccount, { participantId }).set(change);
}
