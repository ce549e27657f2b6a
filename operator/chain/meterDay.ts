import { readContract } from "viem/actions";
import { contractOf, type Day, type Platform } from "../../sdk/index.ts";
import { DAY_STATES } from "../../sdk/types/enums.ts";
import { nameOf } from "../../sdk/types/words.ts";

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

/** What the registry has of it. */
export async function readRecord(platform: Platform, { meter, day }: MeterDay) {
  const registry = contractOf(platform, "MeterRegistry");
  const record = await readContract(platform.client, { ...registry, functionName: "dayOf", args: [meter, day] });
  return { ...record, state: nameOf(DAY_STATES, record.state) };
}

/** From which Unix second on a day that nobody reported lapses. */
export async function readLapsesAt(platform: Platform, day: Day): Promise<number> {
  const registry = contractOf(platform, "MeterRegistry");
  return Number(await readContract(platform.client, { ...registry, functionName: "lapsesAt", args: [day] }));
}
