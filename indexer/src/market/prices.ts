import { ponder } from "ponder:registry";
import { priceCurve, roundPrice } from "ponder:schema";
import { curveOf } from "../lib/curve.ts";
import { dateOf } from "../lib/date.ts";
import { moment } from "../lib/event.ts";
import { priceOf } from "../lib/priceCurve.ts";
import { recordPrices } from "../lib/priceSlots.ts";

ponder.on("TradeEscrow:PriceCurve", async ({ event, context: { db } }) => {
  const { priceHash, price } = event.args;
  await db
    .insert(priceCurve)
    .values({ hash: priceHash, price: curveOf(price) })
    .onConflictDoNothing();
});

ponder.on("TradeEscrow:ZonePriced", async ({ event, context: { db } }) => {
  const { round, day, zone: zoneId, priceHash } = event.args;
  const { at, tx } = moment(event);
  await db.insert(roundPrice).values({ round, zoneId, day, date: dateOf(day), priceHash, pricedAt: at, pricedTx: tx });
  await recordPrices(db, { zoneId, day }, round, await priceOf(db, priceHash));
});
