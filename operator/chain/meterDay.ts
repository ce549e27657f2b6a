import { type Hex, slice } from "viem";
import { readContract } from "viem/actions";
import {
  type Curve,
  contractOf,
  type Day,
  hashCurve,
  METERS_PER_GROUP,
  meterGroup,
  type Platform,
  readMeterDay,
} from "../../sdk/index.ts";
import { DAY_STATES, type DayState } from "../../sdk/types/enums.ts";
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

/** What the registry has of a meter's day. */
export interface MeterDayRecord {
  state: DayState;
  /** 0 if nothing was reported. */
  version: number;
  /** First 24 bytes of the hash of the curve in force. */
  curveHash: Hex;
  /** Unix second from which the version in force can be finalised. */
  finalisableAt: number;
  /** Number of the root that the day is kept under; undefined if it has a word of its own, or nothing was reported. */
  root: bigint | undefined;
}

/** What the registry has of a meter's day, in a word of its own or under a root. */
export async function readRecord(platform: Platform, { meter, day }: MeterDay): Promise<MeterDayRecord> {
  const registry = contractOf(platform, "MeterRegistry");
  const record = await readContract(platform.client, { ...registry, functionName: "dayOf", args: [meter, day] });
  if (record.version === 0 && (await readReported(platform, { meter, day }))(meter)) {
    // Only the log says under which root.
    const { state, inForce, underRoot } = await readMeterDay(platform, meter, day);
    if (inForce !== undefined && underRoot !== undefined) {
      const { version, finalisableAt, curve } = inForce;
      return { state, version, finalisableAt, curveHash: shortHash(curve), root: underRoot.root };
    }
  }
  return { ...record, state: nameOf(DAY_STATES, record.state), root: undefined };
}

/** Of which neighbours of a meter a first report of a day came in time, in words or under roots. */
export async function readReported(platform: Platform, { meter, day }: MeterDay): Promise<(meter: bigint) => boolean> {
  const registry = contractOf(platform, "MeterRegistry");
  const args = [meterGroup(meter), day] as const;
  const reported = await readContract(platform.client, { ...registry, functionName: "reportedOf", args });
  return (neighbour) => ((reported >> (neighbour % METERS_PER_GROUP)) & 1n) === 1n;
}

/** What the registry keeps of a curve. */
export const shortHash = (curve: Curve): Hex => slice(hashCurve(curve), 0, 24);

/** From which Unix second on a day that nobody reported lapses. */
export async function readLapsesAt(platform: Platform, day: Day): Promise<number> {
  const registry = contractOf(platform, "MeterRegistry");
  return Number(await readContract(platform.client, { ...registry, functionName: "lapsesAt", args: [day] }));
}
