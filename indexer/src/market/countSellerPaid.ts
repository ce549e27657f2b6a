import type { Context } from "ponder:registry";
import { DAY_SECONDS, dayOf, startOfDay } from "../../../sdk/types/time.ts";
import { countOn } from "../kpi/count.ts";
import { trade } from "./schema.ts";

/** Money for delivered energy came to the seller, or to whom the seller assigned it, at a second. */
export async function countSellerPaid(
  db: Context["db"],
  tradeId: bigint,
  at: bigint,
  amountFen: bigint,
): Promise<void> {
  if (amountFen === 0n) return;
  const paid = await db.find(trade, { id: tradeId });
  if (paid === null) throw new Error(`Trade ${tradeId} was paid but never opened.`);
  const seconds = at - BigInt(startOfDay(paid.day) + DAY_SECONDS);
  await countOn(db, dayOf(at), { sellersPaidFen: amountFen, sellersPaidFenSeconds: amountFen * seconds });
}
