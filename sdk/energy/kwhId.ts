import type { Day } from "../types/time.ts";
import { whole } from "../types/whole.ts";

/** A meter's day: what an id of the kWh token stands for. */
export interface MeterDay {
  meter: bigint;
  day: Day;
}

/** The id under which the kWh token keeps what a meter generated on a day. */
export function kwhId({ meter, day }: MeterDay): bigint {
  return (
    (whole(meter, 2n ** 64n - 1n, { en: "number of the meter", zh: "计量点编号" }) << 32n) |
    BigInt(whole(day, 2 ** 32 - 1, { en: "day", zh: "日" }))
  );
}

/** The meter and the day that an id of the kWh token stands for. */
export function meterDayOf(id: bigint): MeterDay {
  whole(id, 2n ** 96n - 1n, { en: "id of the kWh token", zh: "电量凭证编号" });
  return { meter: id >> 32n, day: Number(id & 0xffff_ffffn) };
}
