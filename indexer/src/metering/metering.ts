import { ponder } from "ponder:registry";
import { eq } from "ponder";
import { readingsUnder } from "../../../sdk/metering/dayRoot.ts";
import { sumCurve } from "../../../sdk/types/curve.ts";
import { QUALITIES } from "../../../sdk/types/enums.ts";
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
  meterDay,
  meterDayAcceptance,
  meterDayRoot,
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

ponder.on("MeterRegistry:RootReported", async ({ event, context: { db } }) => {
  const { root: id, group: meterGroup, day, finalisableAt } = event.args;
  const { at: reportedAt, tx: reportedTx } = moment(event);
  const readings = readingsUnder(event);
  await endDays(db, reportedAt);
  await db.insert(meterDayRoot).values({
    ...{ id, meterGroup, ...dayAndDate(day), meterDays: readings.length, finalisableAt: BigInt(finalisableAt) },
    ...{ reportedAt, reportedTx },
  });
  for (const { meter: meterId, quality, curve } of readings) {
    const reading = {
      ...{ version: 1, quality: word(qualities, QUALITIES.indexOf(quality)), metered: [...curve] },
      ...{ meteredWh: sumCurve(curve), reportedAt, reportedTx },
    };
    await db.insert(meterDayVersion).values({ meterDayId: meterDayId(meterId, day), ...reading });
    await changeMeterDay(db, meterId, day, () => ({
      ...{ ...reading, state: "reported", finalisableAt: BigInt(finalisableAt), rootId: id },
    }));
  }
});

ponder.on("MeterRegistry:RootFinalised", async ({ event, context: { db } }) => {
  const { root: id } = event.args;
  const { at: finalisedAt, tx: finalisedTx } = moment(event);
  await db.update(meterDayRoot, { id }).set({ finalisedAt, finalisedTx });
  const kept = await db.sql.select({ id: meterDay.id }).from(meterDay).where(eq(meterDay.rootId, id));
  for (const row of kept) await db.update(meterDay, row).set({ state: "final", finalisedAt, finalisedTx });
});

ponder.on("MeterRegistry:MeterDayRecorded", async ({ event, context: { db } }) => {
  await changeMeterDay(db, event.args.meter, event.args.day, () => ({ rootId: null }));
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
