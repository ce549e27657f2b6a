import { type Context, ponder } from "ponder:registry";
import { recordPayment } from "../debts/recordPayment.ts";
import { countSellerPaid } from "./countSellerPaid.ts";
import { isForEnergy } from "./isForEnergy.ts";

ponder.on("DebtLedger:DebtPaid", async ({ event, context: { db } }) => {
  await countPaid(db, event.block.timestamp, event.args.amountFen, await recordPayment(db, event, event.args));
});

ponder.on("DebtLedger:DebtSetOff", async ({ event, context: { db } }) => {
  await countPaid(db, event.block.timestamp, event.args.amountFen, await recordPayment(db, event, event.args));
});

/** What is paid of a claimed debt comes to holders when they collect it. */
async function countPaid(
  db: Context["db"],
  at: bigint,
  amountFen: bigint,
  paid: Awaited<ReturnType<typeof recordPayment>>,
): Promise<void> {
  if (!paid.claimed && paid.tradeId !== null && isForEnergy(paid)) {
    await countSellerPaid(db, paid.tradeId, at, amountFen);
  }
}
