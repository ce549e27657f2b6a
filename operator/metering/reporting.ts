import { type Hex, slice } from "viem";
import { readContract } from "viem/actions";
import {
  type Curve,
  contractOf,
  DAY_SECONDS,
  encodeCurve,
  hashCurve,
  isDayFinal,
  startOfDay,
} from "../../sdk/index.ts";
import { type MeterDay, parseMeterDay, readLapsesAt, readRecord } from "../chain/meterDay.ts";
import type { Database } from "../db/database.ts";
import { LAPSE } from "../tasks/lapse.ts";
import type { Call, Desk, Work } from "../tasks/work.ts";
import { Worker, type WorkerParts } from "../tasks/worker.ts";
import { type Kind, LIST } from "./kinds.ts";
import { readingOf } from "./store.ts";

/** Meter days of one transaction: at some 50,000 gas and 600 bytes each they stay well below what a transaction may have. */
const MOST_READINGS = 100;
/** As in MeterRegistry. */
const CORRECTION_DAYS = 366;

const WORK: Record<Kind, Work> = {
  lapse: LAPSE,
  report: {
    most: MOST_READINGS,
    async look({ db, platform }, subject, now) {
      const meterDay = parseMeterDay(subject);
      const { state, version, curveHash } = await readRecord(platform, meterDay);
      if (isDayFinal(state)) {
        return { handOver: "correct", note: "The day is final: the reading goes on as a correction." };
      }
      if (version > 0 && curveHash === shortHash((await wanted(db, meterDay)).curve)) return HAS_IT;
      // What nobody reported in time must lapse first, and is then reported late.
      if (state === "None" && now >= (await readLapsesAt(platform, meterDay.day))) return { waitsFor: "lapse" };
      return { now: true };
    },
    call: (desk, subjects) => callWith(desk.db, "report", subjects),
  },
  correct: {
    most: MOST_READINGS,
    async look({ db, platform }, subject, now) {
      const meterDay = parseMeterDay(subject);
      const registry = contractOf(platform, "MeterRegistry");
      const args = [meterDay.meter, meterDay.day] as const;
      const correction = await readContract(platform.client, { ...registry, functionName: "correctionOf", args });
      const inForce = correction.version > 0 ? correction.curveHash : (await readRecord(platform, meterDay)).curveHash;
      if (inForce === shortHash((await wanted(db, meterDay)).curve)) return HAS_IT;
      if (now >= startOfDay(meterDay.day) + (1 + CORRECTION_DAYS) * DAY_SECONDS) {
        return { done: `Too late: the chain takes no correction more than ${CORRECTION_DAYS} days after the day.` };
      }
      return { now: true };
    },
    call: (desk, subjects) => callWith(desk.db, "correct", subjects),
  },
};

export type ReporterParts = Desk & Omit<WorkerParts, "desk" | "list" | "work" | "discover">;

/** Brings readings that were taken to the chain, for the holder of the meter operator's role. */
export function createReporter({ db, platform, ...parts }: ReporterParts): Worker {
  return new Worker({ ...parts, desk: { db, platform }, list: LIST, work: WORK });
}

const HAS_IT = { done: "The chain has this reading." };

async function callWith(db: Database, functionName: "report" | "correct", subjects: readonly string[]): Promise<Call> {
  const readings = await Promise.all(
    subjects.map(async (subject) => {
      const { meter, day, quality, curve } = await wanted(db, parseMeterDay(subject));
      return { meter, day, quality, curve: encodeCurve(curve) };
    }),
  );
  return { contract: "MeterRegistry", functionName, args: [readings] };
}

async function wanted(db: Database, { meter, day }: MeterDay) {
  const reading = await readingOf(db, meter, day);
  if (reading === undefined) throw new Error(`No batch holds a reading of meter ${meter} on day ${day}.`);
  return reading;
}

/** What the registry keeps of a curve. */
function shortHash(curve: Curve): Hex {
  return slice(hashCurve(curve), 0, 24);
}
