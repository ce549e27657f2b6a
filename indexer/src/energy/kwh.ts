import { type Context, ponder } from "ponder:registry";
import { type Address, zeroAddress } from "viem";
import { meterDayOf } from "../../../sdk/energy/kwhId.ts";
import { participantAt } from "../identity/participantAt.ts";
import { changeMeterDay, meterDayId } from "../metering/meterDays.ts";
import { dayAndDate } from "../types/days.ts";
import { eventId, moment } from "../types/events.ts";
import { kwhBalance, retirement } from "./schema.ts";

ponder.on("KwhToken:TransferSingle", async ({ event, context: { db } }) => {
  const { from, to, id, value } = event.args;
  await move(db, from, to, id, value);
});

ponder.on("KwhToken:TransferBatch", async ({ event, context: { db } }) => {
  const { from, to, ids, values } = event.args;
  for (const [index, id] of ids.entries()) await move(db, from, to, id, values[index] ?? 0n);
});

ponder.on("KwhToken:KwhRetired", async ({ event, context: { db } }) => {
  const { participant, holder, id, consumptionMeter, amountWh } = event.args;
  const { meter: meterId, day } = meterDayOf(id);
  const { at, tx } = moment(event);
  await db.insert(retirement).values({
    id: eventId(event),
    participantId: participant,
    holder,
    meterDayId: meterDayId(meterId, day),
    consumptionMeterId: consumptionMeter,
    consumptionMeterDayId: meterDayId(consumptionMeter, day),
    ...dayAndDate(day),
    energyWh: amountWh,
    retiredAt: at,
    retiredTx: tx,
  });
  await changeMeterDay(db, consumptionMeter, day, (row) => ({ retiredWh: row.retiredWh + amountWh }));
});

/** Anybody can move nothing of a token that never was: only what has an amount is of a meter day. */
async function move(db: Context["db"], from: Address, to: Address, tokenId: bigint, energyWh: bigint) {
  if (energyWh === 0n) return;
  const { meter: meterId, day } = meterDayOf(tokenId);
  if (from === zeroAddress) {
    await changeMeterDay(db, meterId, day, (row) => ({ mintedWh: row.mintedWh + energyWh }));
  }
  for (const [holder, change] of [
    [from, -energyWh],
    [to, energyWh],
  ] as const) {
    if (holder === zeroAddress) continue;
    await db
      .insert(kwhBalance)
      .values({
        ...{ holder, meterDayId: meterDayId(meterId, day), participantId: await participantAt(db, holder) },
        ...{ meterId, ...dayAndDate(day), tokenId, energyWh: change },
      })
      .onConflictDoUpdate((row) => ({ energyWh: row.energyWh + change }));
  }
}
