import { readContract } from "viem/actions";
import {
  buildRecordDays,
  contractOf,
  DAY_SECONDS,
  encodeCurve,
  isDayFinal,
  METERS_PER_GROUP,
  MeterDayError,
  meterGroup,
  type Platform,
  type Reading,
  readMeterDay,
  rootReports,
  startOfDay,
} from "../../sdk/index.ts";
import { QUALITIES } from "../../sdk/types/enums.ts";
import { nameOf } from "../../sdk/types/words.ts";
import { type MeterDay, parseMeterDay, readLapsesAt, readRecord, readReported, shortHash } from "../chain/meterDay.ts";
import type { Database } from "../db/database.ts";
import { LAPSE } from "../tasks/lapse.ts";
import type { Call, Desk, Work } from "../tasks/work.ts";
import { Worker, type WorkerParts } from "../tasks/worker.ts";
import { type Kind, LIST } from "./kinds.ts";
import { readingOf } from "./store.ts";

/** Meter days of one transaction in words: at some 50,000 gas and 600 bytes each they stay well below what it may have. */
const MOST_READINGS = 100;
/** Meter days of one transaction under roots: as many as go under one. */
const MOST_UNDER_ROOTS = Number(METERS_PER_GROUP);
/**
 * So many neighbours of a day are cheaper under a root: a word costs 29,000 gas more than a leaf, a root some 100,000, and each
 * day that is proved later up to 8,000.
 */
const LEAST_UNDER_ROOT = 5;
/** As in MeterRegistry. */
const CORRECTION_DAYS = 366;

const WORK: Record<Kind, Work> = {
  lapse: LAPSE,
  report: {
    most: MOST_UNDER_ROOTS,
    async look({ db, platform }, subject, now) {
      const meterDay = parseMeterDay(subject);
      const { state, version, curveHash, root } = await readRecord(platform, meterDay);
      if (isDayFinal(state)) {
        return { handOver: "correct", note: "The day is final: the reading goes on as a correction." };
      }
      if (version > 0 && curveHash === shortHash((await wanted(db, meterDay)).curve)) return HAS_IT;
      if (root !== undefined) return { waitsFor: "record" };
      // What nobody reported in time must lapse first, and is then reported late.
      if (state === "None" && now >= (await readLapsesAt(platform, meterDay.day))) return { waitsFor: "lapse" };
      return { now: true };
    },
    call: reportCall,
  },
  correct: {
    most: MOST_READINGS,
    async look({ db, platform }, subject, now) {
      const meterDay = parseMeterDay(subject);
      const registry = contractOf(platform, "MeterRegistry");
      const args = [meterDay.meter, meterDay.day] as const;
      const correction = await readContract(platform.client, { ...registry, functionName: "correctionOf", args });
      const record = await readRecord(platform, meterDay);
      const inForce = correction.version > 0 ? correction.curveHash : record.curveHash;
      if (inForce === shortHash((await wanted(db, meterDay)).curve)) return HAS_IT;
      if (now >= startOfDay(meterDay.day) + (1 + CORRECTION_DAYS) * DAY_SECONDS) {
        return { done: `Too late: the chain takes no correction more than ${CORRECTION_DAYS} days after the day.` };
      }
      return record.root === undefined ? { now: true } : { waitsFor: "record" };
    },
    async call({ db }, subjects) {
      const readings = await Promise.all(subjects.map((subject) => wanted(db, parseMeterDay(subject))));
      return inWords("correct", readings);
    },
  },
  record: {
    most: MOST_READINGS,
    async look({ platform }, subject) {
      const { root } = await readRecord(platform, parseMeterDay(subject));
      return root === undefined ? { done: "The day has a word of its own." } : { now: true };
    },
    async call({ platform }, subjects) {
      const days = await Promise.all(
        subjects.map(parseMeterDay).map(({ meter, day }) => readMeterDay(platform, meter, day)),
      );
      // Those of one root; the others are found by the next look.
      const [args] = buildRecordDays(days);
      if (args === undefined) throw new MeterDayError(RECORDED);
      return { contract: "MeterRegistry", functionName: "recordDays", args };
    },
  },
};

export type ReporterParts = Desk & Omit<WorkerParts, "desk" | "list" | "work" | "discover">;

/** Brings readings that were taken to the chain, for the holder of the meter operator's role. */
export function createReporter({ db, platform, ...parts }: ReporterParts): Worker {
  return new Worker({ ...parts, desk: { db, platform }, list: LIST, work: WORK });
}

const RECORDED = {
  en: "None of the days lies under a root any more: each has a word of its own.",
  zh: "这些计量日都已不在根下：各有单独的登记。",
};

const HAS_IT = { done: "The chain has this reading." };

/** First reports of enough neighbours under roots; if there are none of these, the others in words. */
async function reportCall({ db, platform }: Desk, subjects: readonly string[], now: number): Promise<Call> {
  const readings = await Promise.all(subjects.map((subject) => wanted(db, parseMeterDay(subject))));
  const neighbours = Map.groupBy(readings, ({ meter, day }) => `${meterGroup(meter)}/${day}`);
  const firsts = await Promise.all([...neighbours.values()].map((some) => firstsOf(platform, some, now)));
  const together = firsts.filter(({ length }) => length >= LEAST_UNDER_ROOT).flat();
  if (together.length === 0) return inWords("report", readings.slice(0, MOST_READINGS));
  const args = [rootReports(together)];
  return { contract: "MeterRegistry", functionName: "reportRoots", args };
}

/** Those of some neighbours' readings of a day that are their first: asked for together, and none once the day can have lapsed. */
async function firstsOf(platform: Platform, neighbours: readonly Reading[], now: number): Promise<Reading[]> {
  const [first] = neighbours;
  if (first === undefined || now >= (await readLapsesAt(platform, first.day))) return [];
  const isReported = await readReported(platform, first);
  return neighbours.filter(({ meter }) => !isReported(meter));
}

function inWords(functionName: "report" | "correct", readings: readonly Reading[]): Call {
  const args = [
    readings.map(({ meter, day, quality, curve }) => ({
      ...{ meter, day, quality: QUALITIES.indexOf(quality), curve: encodeCurve(curve) },
    })),
  ];
  return { contract: "MeterRegistry", functionName, args };
}

/** What the chain should have of a meter's day. */
async function wanted(db: Database, { meter, day }: MeterDay): Promise<Reading> {
  const reading = await readingOf(db, meter, day);
  if (reading === undefined) throw new Error(`No batch holds a reading of meter ${meter} on day ${day}.`);
  return { meter, day, quality: nameOf(QUALITIES, reading.quality), curve: reading.curve };
}
