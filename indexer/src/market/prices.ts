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
  const { round, day, zone: zoneId, paymentDays, continuous, priceHash } = event.args;
  const { at, tx } = moment(event);
  // Submissions of a continuous match may agree on a price.
  await db
    .insert(roundPrice)
    .values({ round, zoneId, ...dayAndDate(day), paymentDays, continuous, priceHash, pricedAt: at, pricedTx: tx })
    .onConflictDoNothing();
  await recordPrices(db, { zoneId, day }, { round, paymentDays, continuous }, await priceOf(db, priceHash));
});
