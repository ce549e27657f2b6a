import { ponder } from "ponder:registry";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { word } from "../types/words.ts";
import { countSellerPaid } from "./countSellerPaid.ts";
import { payable, payableKind } from "./schema.ts";

ponder.on("TradeEscrow:PayableRecorded", async ({ event, context: { db } }) => {
  const { id, kind, debtor, creditor, dueDay, amountFen } = event.args;
  await db.insert(payable).values({
    ...{ tradeId: id, kind: word(payableKind, kind), status: "due", debtorId: debtor, creditorId: creditor },
    ...{ ...dayAndDate(dueDay, "due"), amountFen, recordedAt: event.block.timestamp },
  });
});

ponder.on("TradeEscrow:PayablePaid", async ({ event, context: { db } }) => {
  const { id, kind } = event.args;
  const { at, tx } = moment(event);
  const { amountFen } = await db
    .update(payable, { tradeId: id, kind: word(payableKind, kind) })
    .set({ status: "paid", paidAt: at, paidTx: tx });
  if (word(payableKind, kind) === "energy") await countSellerPaid(db, id, at, amountFen);
});

ponder.on("TradeEscrow:PayableAssigned", async ({ event, context: { db } }) => {
  await db.update(payable, { tradeId: event.args.id, kind: "energy" }).set({ status: "assigned" });
});
