import type { Day } from "../types/time.ts";

/** A meter's day: what an id of the kWh token stands for. */
export interface MeterDay {
  meter: bigint;
  day: Day;
}

/** The id under which the kWh token keeps what a meter generated on a day. */
export function kwhId({ meter, day }: MeterDay): bigint {
  return (meter << 32n) | BigInt(day);
}

/** The meter and the day that an id of the kWh token stands for. */
export function meterDayOf(id: bigint): MeterDay {
  return { meter: id >> 32n, day: Number(id & 0xffff_ffffn) };
}
