import { ponder } from "ponder:registry";
import { sumCurve } from "../../../sdk/types/curve.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { curveOf } from "../types/values.ts";
import { word } from "../types/words.ts";
import { endDays } from "./endedDays.ts";
import { changeMeterDay, meterDayId } from "./meterDays.ts";
import {
  direction,
  energySource,
  meter,
  meterDayAcceptance,
  meterDayVersion,
  quality as qualities,
  voltage,
} from "./schema.ts";

ponder.on("MeterRegistry:MeterRegistered", async ({ event, context: { db } }) => {
  const { meter: id, owner, assetHash, properties } = event.args;
  const { at, tx } = moment(event);
  await endDays(db, at);
  await db.insert(meter).values({
    id,
    ownerId: owner,
    traderId: properties.trader,
    zoneId: properties.zone,
    direction: word(direction, properties.direction),
    voltage: word(voltage, properties.voltage),
    source: word(energySource, properties.source),
    capacityW: BigInt(properties.capacityW),
    active: properties.active,
    assetHash,
    registeredAt: at,
    registeredTx: tx,
  });
});

ponder.on("MeterRegistry:MeterTraderNamed", async ({ event, context: { db } }) => {
  const { meter: id, trader: traderId, nextTrader, nextTraderFrom } = event.args;
  const next =
    nextTrader === 0
      ? { nextTraderId: null, nextTraderDay: null, nextTraderDate: null }
      : { nextTraderId: nextTrader, ...dayAndDate(nextTraderFrom, "nextTrader") };
  await db.update(meter, { id }).set({ traderId, ...next });
});

ponder.on("MeterRegistry:MeterDeactivated", async ({ event, context: { db } }) => {
  await endDays(db, event.block.timestamp);
  await db.update(meter, { id: event.args.meter }).set({ active: false });
});

ponder.on("MeterRegistry:MeterDayReported", async ({ event, context: { db } }) => {
  const { meter: meterId, day, version, finalisableAt } = event.args;
  const { at: reportedAt, tx: reportedTx } = moment(event);
  const metered = curveOf(event.args.curve);
  const reading = {
    ...{ version, quality: word(qualities, event.args.quality), metered, meteredWh: sumCurve(metered) },
    ...{ reportedAt, reportedTx },
  };
  await endDays(db, reportedAt);
  await db.insert(meterDayVersion).values({ meterDayId: meterDayId(meterId, day), ...reading });
  await changeMeterDay(db, meterId, day, ({ state }) => ({
    ...reading,
    state: state === "lapsed" || state === "lateReported" ? "lateReported" : "reported",
    finalisableAt: BigInt(finalisableAt),
  }));
});

ponder.on("MeterRegistry:MeterDayAccepted", async ({ event, context: { db } }) => {
  const { meter: meterId, day, participant: participantId, version } = event.args;
  const { at, tx } = moment(event);
  await db
    .insert(meterDayAcceptance)
    .values({ meterDayId: meterDayId(meterId, day), participantId, version, acceptedAt: at, acceptedTx: tx })
    .onConflictDoNothing();
});

ponder.on("MeterRegistry:MeterDayFinalised", async ({ event, context: { db } }) => {
  const { meter: meterId, day, late } = event.args;
  const { at, tx } = moment(event);
  await changeMeterDay(db, meterId, day, () => ({
    state: late ? "lateFinal" : "final",
    finalisedAt: at,
    finalisedTx: tx,
  }));
});

ponder.on("MeterRegistry:MeterDayCorrected", async ({ event, context: { db } }) => {
  const { meter: meterId, day, version, adjustableAt } = event.args;
  const { at, tx } = moment(event);
  const corrected = curveOf(event.args.curve);
  const correctedWh = sumCurve(corrected);
  await db.insert(meterDayVersion).values({
    ...{ meterDayId: meterDayId(meterId, day), version, quality: word(qualities, event.args.quality) },
    ...{ metered: corrected, meteredWh: correctedWh, reportedAt: at, reportedTx: tx },
  });
  await changeMeterDay(db, meterId, day, () => ({
    ...{ correctedVersion: version, corrected, correctedWh, adjustableAt: BigInt(adjustableAt) },
    ...{ correctedAt: at, correctedTx: tx },
  }));
});

ponder.on("MeterRegistry:MeterDayLapsed", async ({ event, context: { db } }) => {
  const { meter: meterId, day } = event.args;
  const { at, tx } = moment(event);
  await endDays(db, at);
  await changeMeterDay(db, meterId, day, () => ({ state: "lapsed", lapsedAt: at, lapsedTx: tx }));
});
