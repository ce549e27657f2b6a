import { type Context, ponder } from "ponder:registry";
import type { Outcome } from "../../../sdk/market/terms.ts";
import { deliveries, sumCurve } from "../../../sdk/types/curve.ts";
import { dayOf } from "../../../sdk/types/time.ts";
import { countOn } from "../kpi/count.ts";
import { changeMeterDay } from "../metering/meterDays.ts";
import { meterDay } from "../metering/schema.ts";
import { moment } from "../types/events.ts";
import { stored } from "../types/values.ts";
import { countSellerPaid } from "./countSellerPaid.ts";
import { keepOutcome } from "./outcomes.ts";
import { recordDelivery } from "./priceSlots.ts";
import { trade } from "./schema.ts";

ponder.on("TradeEscrow:TradeSettled", async ({ event, context: { db } }) => {
  const { id, settlement, ...outcome } = event.args;
  const { deliveredWh, energyFen, invoiced } = outcome;
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
    ...{ status: "settled", corrected, delivered: stored(delivered), ...outcome, settledAt: at, settledTx: tx },
    ...(await keepOutcome(db, settlement, settled.commitment, outcome)),
  });
  await changeMeterDay(db, settled.sellerMeterId, settled.day, (row) => ({
    claimableWh: row.claimableWh + deliveredWh,
  }));
  await countOn(db, dayOf(at), { tradesSettled: 1, tradesCorrected: Number(corrected), deliveredWh });
  if (!invoiced && settled.paymentDays === 0) await countSellerPaid(db, id, at, energyFen);
  await recordDelivery(db, settled, delivered);
});

ponder.on("TradeEscrow:TradeLapsed", async ({ event, context: { db } }) => {
  const { at, tx } = moment(event);
  await db.update(trade, { id: event.args.id }).set({ status: "lapsed", lapsedAt: at, lapsedTx: tx });
});

ponder.on("TradeEscrow:TradeRuled", async ({ event, context: { db } }) => {
  const { id, settlement, ...awarded } = event.args;
  const { at, tx } = moment(event);
  const { commitment } = await tradeOf(db, id);
  await db.update(trade, { id }).set({
    ...{ status: "ruled", ...awarded, ruledAt: at, ruledTx: tx },
    ...(await keepOutcome(db, settlement, commitment, { ...NOTHING_DELIVERED, ...awarded })),
  });
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

/** As many as the trade delivered; the movement of the token counts them as minted. */
ponder.on("TradeEscrow:KwhClaimed", async ({ event, context: { db } }) => {
  const { id, energyWh } = event.args;
  const { at, tx } = moment(event);
  const { sellerMeterId, day, settledAt } = await tradeOf(db, id);
  if (settledAt === null) throw new Error(`The kWh of trade ${id} were claimed before it was settled.`);
  await db.update(trade, { id }).set({ claimedWh: energyWh, claimedAt: at, claimedTx: tx });
  await changeMeterDay(db, sellerMeterId, day, (row) => ({ claimableWh: row.claimableWh - energyWh }));
  await countOn(db, dayOf(settledAt), { claimedWh: energyWh });
});

/** What an arbiter's outcome says beside what was awarded. */
const NOTHING_DELIVERED = { deliveredWh: 0n, invoiced: false } satisfies Partial<Outcome>;

async function tradeOf(db: Context["db"], id: bigint) {
  const found = await db.find(trade, { id });
  if (found === null) throw new Error(`Trade ${id} ended but was never opened.`);
  return found;
}
