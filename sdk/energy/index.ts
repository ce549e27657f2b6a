/** Ids of the kWh token. */
export { kwhId, type MeterDay, meterDayOf } from "./kwhId.ts";
