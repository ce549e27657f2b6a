import { ponder } from "ponder:registry";
import { adjustment, adjustmentClaim, payableKind } from "ponder:schema";
import { dateOf } from "./lib/date.ts";
import { moment } from "./lib/event.ts";
import { word } from "./lib/word.ts";

ponder.on("AdjustmentDesk:TradeAdjusted", async ({ event, context: { db } }) => {
  const { id: tradeId, version, differenceWh, outcome } = event.args;
  const { deliveredWh, energyFen, networkFen, chargeFen: shortfallFen } = outcome;
  const { at: adjustedAt, tx: adjustedTx } = moment(event);
  await db.insert(adjustment).values({
    ...{ tradeId, version, differenceWh, deliveredWh, energyFen, networkFen, shortfallFen },
    ...{ adjustedAt, adjustedTx },
  });
});

ponder.on("AdjustmentDesk:ClaimRecorded", async ({ event, context: { db } }) => {
  const { id: tradeId, version, kind, debtor, creditor, dueDay, amountFen } = event.args;
  await db.insert(adjustmentClaim).values({
    ...{ tradeId, version, kind: word(payableKind, kind), status: "due", debtorId: debtor, creditorId: creditor },
    ...{ dueDay, dueDate: dateOf(dueDay), amountFen, recordedAt: event.block.timestamp },
  });
});

ponder.on("AdjustmentDesk:ClaimPaid", async ({ event, context: { db } }) => {
  const { id: tradeId, version, kind } = event.args;
  const { at, tx } = moment(event);
  await db
    .update(adjustmentClaim, { tradeId, version, kind: word(payableKind, kind) })
    .set({ status: "paid", paidAt: at, paidTx: tx });
});
