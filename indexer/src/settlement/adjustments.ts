import { ponder } from "ponder:registry";
import { dayOf } from "../../../sdk/types/time.ts";
import { countOn } from "../kpi/count.ts";
import { trade } from "../market/schema.ts";
import { moment } from "../types/events.ts";
import { word } from "../types/words.ts";
import { adjustment, adjustmentDifference, tradeAmount } from "./schema.ts";

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

ponder.on("AdjustmentDesk:DifferencePosted", async ({ event, context: { db } }) => {
  const { id: tradeId, version, amount, debt: debtId } = event.args;
  await db.insert(adjustmentDifference).values({ debtId, tradeId, version, amount: word(tradeAmount, amount) });
});
