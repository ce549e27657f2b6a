import { SOURCES, type Source } from "../types/enums.ts";

/** `SOURCES` without `None`: what drives a plant. */
export const PLANT_SOURCES = SOURCES.filter((source): source is Exclude<Source, "None"> => source !== "None");

/** The most Wh that a meter may show in one slot: its capacity for 15 minutes, and a tenth more. */
export function slotLimitWh(capacityW: bigint): bigint {
  return (capacityW * 11n) / 40n;
}
