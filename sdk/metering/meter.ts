import { SOURCES, type Source } from "../types/enums.ts";
import type { Day } from "../types/time.ts";

/** `SOURCES` without `None`: what drives a plant. */
export const PLANT_SOURCES = SOURCES.filter((source): source is Exclude<Source, "None"> => source !== "None");

/** The most Wh that a meter may show in one slot: its capacity for 15 minutes, and a tenth more. */
export function slotLimitWh(capacityW: bigint): bigint {
  return (capacityW * 11n) / 40n;
}

/** Who trades for a meter, as the registry keeps it. */
export interface MeterTraders {
  trader: number;
  nextTrader: number;
  /** First day of the next trader; 0 if there is none. It may be past. */
  nextTraderFrom: Day;
}

/** A meter for which nobody else was named: what a registration says. */
export const NO_NEXT_TRADER = { nextTrader: 0, nextTraderFrom: 0 } as const;

/** Who may trade for a meter on a day; of days before the trader in force, nothing is known. */
export function traderOn({ trader, nextTrader, nextTraderFrom }: MeterTraders, day: Day): number {
  return nextTraderFrom !== 0 && nextTraderFrom <= day ? nextTrader : trader;
}
