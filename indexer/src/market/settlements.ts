import { type Context, ponder } from "ponder:registry";
import { deliveries, sumCurve } from "../../../sdk/types/curve.ts";
import { dayOf } from "../../../sdk/types/time.ts";
import { countOn } from "../kpi/count.ts";
import { changeMeterDay } from "../metering/meterDays.ts";
import { meterDay } from "../metering/schema.ts";
import { moment } from "../types/events.ts";
import { stored } from "../types/values.ts";
import { countSellerPaid } from "./countSellerPaid.ts";
import { recordDelivery } from "./priceSlots.ts";
import { trade } from "./schema.ts";

ponder.on("TradeEscrow:TradeSettled", async ({ event, context: { db } }) => {
  const { id, deliveredWh, energyFen, networkFen, deviationFen, invoiced } = event.args;
  const { at, tx } = moment(event);
  const settled = await tradeOf(db, id);
  const reading = await db.find(meterDay, { id: settled.sellerMeterDayId });
  const metered = reading?.metered;
  if (!metered) throw new Error(`Trade ${id} was settled, but nothing was reported of ${settled.sellerMeterDayId}.`);
  const delivered = deliveries(settled.contracted, settled.positionBefore, metered);
  // The chain says how much; the curve is computed here. If they differ, what is served would be wrong.
  if (sumCurve(delivered) !== deliveredWh) {
    throw new Error(`Trade ${id} delivered ${deliveredWh} Wh by the chain and ${sumCurve(delivered)} Wh by its curve.`);
  }
  const corrected = reading.version > 1;
  await db.update(trade, { id }).set({
    ...{ status: "settled", corrected, delivered: stored(delivered), deliveredWh },
    ...{ energyFen, networkFen, deviationFen, invoiced, settledAt: at, settledTx: tx },
  });
  await countOn(db, dayOf(at), { tradesSettled: 1, tradesCorrected: Number(corrected) });
  if (!invoiced && settled.paymentDays === 0) await countSellerPaid(db, id, at, energyFen);
  await recordDelivery(db, settled, delivered);
});

ponder.on("TradeEscrow:TradeLapsed", async ({ event, context: { db } }) => {
  const { at, tx } = moment(event);
  await db.update(trade, { id: event.args.id }).set({ status: "lapsed", lapsedAt: at, lapsedTx: tx });
});

ponder.on("TradeEscrow:TradeRuled", async ({ event, context: { db } }) => {
  const { id, energyFen, networkFen, deviationFen } = event.args;
  const { at, tx } = moment(event);
  await db
    .update(trade, { id })
    .set({ status: "ruled", energyFen, networkFen, deviationFen, ruledAt: at, ruledTx: tx });
});

ponder.on("TradeEscrow:TradeFrozen", async ({ event, context: { db } }) => {
  const { id, until } = event.args;
  await db.update(trade, { id }).set({ frozenUntil: until === 0 ? null : BigInt(until) });
});

ponder.on("TradeEscrow:PayeeRedirected", async ({ event, context: { db } }) => {
  const { id, payee } = event.args;
  await db.update(trade, { id }).set({ payeeId: payee === 0 ? null : payee });
});

ponder.on("TradeEscrow:SurplusMinted", async ({ event, context: { db } }) => {
  const { meter, day, energyWh } = event.args;
  await changeMeterDay(db, meter, day, () => ({ surplusWh: energyWh }));
});

async function tradeOf(db: Context["db"], id: bigint) {
  const found = await db.find(trade, { id });
  if (found === null) throw new Error(`Trade ${id} was settled but never opened.`);
  return found;
}
