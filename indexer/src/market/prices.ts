import { ponder } from "ponder:registry";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { curveOf } from "../types/values.ts";
import { priceOf } from "./priceOf.ts";
import { recordPrices } from "./priceSlots.ts";
import { priceCurve, roundPrice } from "./schema.ts";

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
  await db.insert(roundPrice).values({ round, zoneId, ...dayAndDate(day), priceHash, pricedAt: at, pricedTx: tx });
  await recordPrices(db, { zoneId, day }, round, await priceOf(db, priceHash));
});
