import { NO_NEXT_TRADER, SOURCES, VOLTAGES } from "../../sdk/index.ts";
import { type DayMarket, documentHash } from "./market.ts";
import type { DayMeter, DayReadings } from "./readings.ts";

export type MeterIds = Map<DayMeter, bigint>;

/** Registers every meter that takes part. */
export async function registerMeters(market: DayMarket, { places, further }: DayReadings): Promise<MeterIds> {
  const ids: MeterIds = new Map();
  for (const meter of [...Object.values(places), ...further]) {
    const { place, capacityW } = meter;
    const properties = {
      owner: market.id(place.owner),
      trader: place.trader === undefined ? 0 : market.id(place.trader),
      zone: place.zone,
      direction: place.direction === "generation" ? 1 : 2,
      voltage: VOLTAGES.indexOf(place.voltage),
      source: SOURCES.indexOf(place.source),
      active: true,
      capacityW,
      ...NO_NEXT_TRADER,
    };
    const asset = documentHash(assetNumber(BigInt(ids.size + 1)));
    ids.set(meter, await market.send("meterOperator", "MeterRegistry", "register", [properties, asset]));
  }
  market.say({
    zh: `计量中心登记了 ${ids.size} 个计量点；售电公司代其客户的计量点交易。`,
    en: `The metering centre registered ${ids.size} meters; a retailer trades for those of its customers.`,
  });
  return ids;
}

/** What stands on a meter; meters of a fresh chain are numbered from 1 on. */
export const assetNumber = (meter: bigint) => `51300${String(meter).padStart(8, "0")}`;
