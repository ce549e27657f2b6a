import { ponder } from "ponder:registry";
import { moment } from "../types/events.ts";
import { changeMeterDay, meterDayId } from "./meterDays.ts";
import { meterDayObjection } from "./schema.ts";

ponder.on("ObjectionDesk:MeterDayObjected", async ({ event, context: { db } }) => {
  const { meter, day, participant: participantId, version, curveHash, reasonHash } = event.args;
  const { at: objectedAt, tx: objectedTx } = moment(event);
  await db.insert(meterDayObjection).values({
    ...{ meterDayId: meterDayId(meter, day), participantId, version, curveHash, reasonHash, objectedAt, objectedTx },
  });
  await changeMeterDay(db, meter, day, () => ({ objectedVersion: version }));
});
