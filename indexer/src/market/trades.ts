import { type Context, ponder } from "ponder:registry";
import { termsCommitment } from "../../../sdk/market/terms.ts";
import { addCurves, decodeStretch, sumCurve, ZERO_CURVE } from "../../../sdk/types/curve.ts";
import { dayOf } from "../../../sdk/types/time.ts";
import { countFor, countOn } from "../kpi/count.ts";
import { changeMeterDay, meterDayId } from "../metering/meterDays.ts";
import { energySource, meterDay } from "../metering/schema.ts";
import { zoneOf } from "../metering/zoneOf.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { stored } from "../types/values.ts";
import { word } from "../types/words.ts";
import { fillOrder } from "./fillOrder.ts";
import { priceOf } from "./priceOf.ts";
import { recordSale } from "./priceSlots.ts";
import { roundPrice, trade } from "./schema.ts";

ponder.on("TradeEscrow:TradeOpened", async ({ event, context: { db } }) => {
  const { id, sellOrder, buyOrder, round, terms } = event.args;
  const { at, tx } = moment(event);
  const { day, sellerMeter, buyerMeter } = terms;
  const contracted = [...decodeStretch(Number(event.args.firstSlot), event.args.energy)];
  const price = await priceOf(db, terms.priceHash);
  const sellerMeterDayId = meterDayId(sellerMeter, day);
  const positionBefore = (await db.find(meterDay, { id: sellerMeterDayId }))?.position ?? ZERO_CURVE;
  const position = addCurves(positionBefore, contracted);
  const zoneId = await zoneOf(db, sellerMeter);
  const { priceHash, paymentDays, greenCertificates } = terms;
  const continuous = await wasContinuous(db, { round, zoneId, day: dayAndDate(day).day, paymentDays, priceHash });

  await db.insert(trade).values({
    id,
    status: "open",
    sellerId: terms.seller,
    buyerId: terms.buyer,
    sellerMeterId: sellerMeter,
    buyerMeterId: buyerMeter,
    sellerMeterDayId,
    buyerMeterDayId: meterDayId(buyerMeter, day),
    ...dayAndDate(day),
    zoneId,
    round,
    continuous,
    sellOrderDigest: sellOrder,
    buyOrderDigest: buyOrder,
    ruleSetId: terms.rules,
    source: word(energySource, terms.source),
    paymentDays,
    greenCertificates,
    tariff: terms.tariff,
    contracted,
    price,
    positionBefore: stored(positionBefore),
    contractedWh: sumCurve(contracted),
    contractedEnergyFen: terms.energyFen,
    contractedNetworkFen: terms.networkFen,
    bondFen: terms.bondFen,
    priceHash,
    scheduleHash: terms.scheduleHash,
    commitment: termsCommitment(id, terms),
    corrected: false,
    openedAt: at,
    openedTx: tx,
  });

  const today = dayOf(at);
  await countOn(db, today, { tradesOpened: 1 });
  await countFor(db, terms.seller, today, { tradesSold: 1 });
  await countFor(db, terms.buyer, today, { tradesBought: 1 });

  await changeMeterDay(db, sellerMeter, day, () => ({ position: stored(position), positionWh: sumCurve(position) }));

  const isBilateral = round === 0n;
  await recordSale(db, { zoneId, day }, { energy: contracted, price, isBilateral });
  if (isBilateral) return;
  const both = { day, paymentDays, greenCertificates };
  const sell = { ...both, digest: sellOrder, side: "sell", traderId: terms.seller, meterId: sellerMeter } as const;
  const buy = { ...both, digest: buyOrder, side: "buy", traderId: terms.buyer, meterId: buyerMeter } as const;
  await fillOrder(db, event, sell, { energy: contracted, continuous });
  await fillOrder(db, event, buy, { energy: contracted, continuous });
});

/** A continuous match names its prices in every submission, right before its trades. */
async function wasContinuous(
  db: Context["db"],
  priced: Pick<typeof roundPrice.$inferSelect, "round" | "zoneId" | "day" | "paymentDays" | "priceHash">,
): Promise<boolean> {
  return priced.round !== 0n && (await db.find(roundPrice, { ...priced, continuous: true })) !== null;
}
