import type { Context } from "ponder:registry";
import { debt } from "../debts/schema.ts";
import { countSellerPaid } from "../market/countSellerPaid.ts";
import { isForEnergy } from "../market/isForEnergy.ts";

/** Money came to the creditor of a claimed debt, by collection or financing: if it is for a trade's energy, it counts. */
export async function countCreditorPaid(
  db: Context["db"],
  debtId: bigint,
  at: bigint,
  amountFen: bigint,
): Promise<void> {
  const owed = await db.find(debt, { id: debtId });
  if (owed?.tradeId && isForEnergy(owed)) await countSellerPaid(db, owed.tradeId, at, amountFen);
}
