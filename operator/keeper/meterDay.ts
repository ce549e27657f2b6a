import type { Day } from "../../sdk/index.ts";

/** A meter's day, the subject of most tasks. */
export interface MeterDay {
  meter: bigint;
  day: Day;
}

/** As a task names it. */
export const meterDaySubject = ({ meter, day }: MeterDay) => `${meter}/${day}`;

export function parseMeterDay(subject: string): MeterDay {
  const [meter = "", day = ""] = subject.split("/");
  return { meter: BigInt(meter), day: Number(day) };
}
