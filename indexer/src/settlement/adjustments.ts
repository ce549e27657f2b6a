import { ponder } from "ponder:registry";
import { dayOf } from "../../../sdk/types/time.ts";
import { countOn } from "../kpi/count.ts";
import { payableKind, trade } from "../market/schema.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { word } from "../types/words.ts";
import { adjustment, adjustmentDifference } from "./schema.ts";

ponder.on("AdjustmentDesk:TradeAdjusted", async ({ event, context: { db } }) => {
  const { id: tradeId, version, differenceWh, outcome } = event.args;
  const { deliveredWh, energyFen, networkFen, deviationFen } = outcome;
  const { at: adjustedAt, tx: adjustedTx } = moment(event);
  await db.insert(adjustment).values({
    ...{ tradeId, version, differenceWh, deliveredWh, energyFen, networkFen, deviationFen },
    ...{ adjustedAt, adjustedTx },
  });
  const settled = await db.find(trade, { id: tradeId });
  if (!settled?.settledAt) throw new Error(`Trade ${tradeId} was adjusted but never settled.`);
  if (settled.corrected) return;
  await db.update(trade, { id: tradeId }).set({ corrected: true });
  await countOn(db, dayOf(settled.settledAt), { tradesCorrected: 1 });
});

ponder.on("AdjustmentDesk:DifferenceRecorded", async ({ event, context: { db } }) => {
  const { id: tradeId, version, kind, debtor, creditor, dueDay, amountFen, lateRateBp } = event.args;
  await db.insert(adjustmentDifference).values({
    ...{ tradeId, version, kind: word(payableKind, kind), status: "due", debtorId: debtor, creditorId: creditor },
    ...{ ...dayAndDate(dueDay, "due"), amountFen, lateRateBp: BigInt(lateRateBp) },
    recordedAt: event.block.timestamp,
  });
});

ponder.on("AdjustmentDesk:DifferencePaid", async ({ event, context: { db } }) => {
  const { id: tradeId, version, kind, lateFeeFen } = event.args;
  const { at, tx } = moment(event);
  await db
    .update(adjustmentDifference, { tradeId, version, kind: word(payableKind, kind) })
    .set({ status: "paid", lateFeeFen, paidAt: at, paidTx: tx });
});
