import { type Hash, type Hex, slice } from "viem";
import { readContract } from "viem/actions";
import { meterRegistry } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { type BlockRange, blockAt, eventsOf, LATEST, LogError, type PlatformEvent } from "../chain/logs.ts";
import { type Curve, decodeCurve, encodeCurve, hashCurve } from "../types/curve.ts";
import { isDayFinal } from "../types/dayState.ts";
import { DAY_STATES, type DayState, QUALITIES, type Quality } from "../types/enums.ts";
import { DujiangError } from "../types/errors.ts";
import { groupBy } from "../types/groupBy.ts";
import { merkleRoot } from "../types/merkleTree.ts";
import type { Sentence } from "../types/sentence.ts";
import { type Day, formatDay, startOfDay } from "../types/time.ts";
import { nameOf } from "../types/words.ts";
import {
  type DayProof,
  dayLeaf,
  meterGroup,
  type PlaceUnderRoot,
  proveDays,
  type Reading,
  readingsUnder,
} from "./dayRoot.ts";

/** Thrown when a meter day is not where what was asked for needs it to be. */
export class MeterDayError extends DujiangError {}

/** One version of a meter's day. */
export interface ReadingVersion {
  version: number;
  quality: Quality;
  /** Unix second from which it can be finalised. */
  finalisableAt: number;
  /** Wh per slot. */
  curve: Curve;
  blockNumber: bigint;
  transactionHash: Hash;
}

/** All versions of a meter's day, oldest first, and where the day stands. */
export interface MeteredDay {
  meter: bigint;
  day: Day;
  state: DayState;
  /** The version in force, confirmed by the hash on chain; undefined if nothing was reported. */
  inForce: ReadingVersion | undefined;
  versions: ReadingVersion[];
  /** Where it is kept, if not in a word of its own. */
  underRoot: PlaceUnderRoot | undefined;
}

/** Reads a meter's day from the chain and its logs. */
export async function readMeterDay(platform: Platform, meter: bigint, day: Day): Promise<MeteredDay> {
  const [read] = await readMeterDays(platform, [meter], day);
  return read as MeteredDay;
}

/** Reads a day of several meters from the chain and its logs, in the order asked for. */
export async function readMeterDays(platform: Platform, meters: readonly bigint[], day: Day): Promise<MeteredDay[]> {
  const registry = contractAt(platform, meterRegistry);
  const records = await Promise.all(
    meters.map((meter) => readContract(platform.client, { ...registry, functionName: "dayOf", args: [meter, day] })),
  );
  const range = { from: await blockAt(platform, startOfDay(day)), to: LATEST };
  const wanted = { meter: [...new Set(meters)], day };
  const [reports, roots] = await Promise.all([
    eventsOf(platform, meterRegistry, ["MeterDayReported"], wanted, range),
    readRoots(platform, meters, day, range),
  ]);
  return meters.map((meter, index) => {
    const first = firstUnder(roots, meter);
    const later = reports.filter(({ args }) => args.meter === meter).map(readingVersion);
    const versions = first === undefined ? later : [first.version, ...later];
    const { version = 0, state = 0, curveHash } = records[index] ?? {};
    // A day with a word of its own stands where that says.
    if (version === 0 && first !== undefined) {
      return { meter, day, state: first.state, inForce: first.version, versions, underRoot: first.underRoot };
    }
    const inForce = versions.find((reading) => reading.version === version);
    if (version !== 0 && (inForce === undefined || slice(hashCurve(inForce.curve), 0, 24) !== curveHash)) {
      throw new LogError({
        en: `The logs of meter ${meter} on ${formatDay(day)} do not hold version ${version}, which is in force: the node is missing logs, or a correction came meanwhile; read again.`,
        zh: `计量点 ${meter} 在 ${formatDay(day)} 的日志中没有现行的第 ${version} 版：节点缺少日志，或其间有更正；请重新读取。`,
      });
    }
    return { meter, day, state: nameOf(DAY_STATES, state), inForce, versions, underRoot: undefined };
  });
}

/** A report under a root, with what stands there for each of its days. */
type RootWithDays = PlatformEvent<"MeterRegistry", "RootReported"> & {
  state: DayState;
  readings: Reading[];
  leaves: Hex[];
};

/** The roots of a day that the groups of some meters have, confirmed by what is kept of them on chain. */
async function readRoots(
  platform: Platform,
  meters: readonly bigint[],
  day: Day,
  range: BlockRange,
): Promise<RootWithDays[]> {
  const registry = contractAt(platform, meterRegistry);
  const group = [...new Set(meters.map(meterGroup))];
  const events = await eventsOf(platform, meterRegistry, ["RootReported"], { group, day }, range);
  return Promise.all(
    events.map(async (event) => {
      const { root } = event.args;
      const kept = await readContract(platform.client, { ...registry, functionName: "rootOf", args: [root] });
      const { readings, leaves, made } = daysUnder(event);
      if (slice(made, 0, 24) !== kept.curveHash) {
        throw new LogError({
          en: `The log of root ${root} does not make the root that the chain keeps: ask another node.`,
          zh: `第 ${root} 号根的日志与链上的根不符：请换一个节点读取。`,
        });
      }
      return { ...event, state: nameOf(DAY_STATES, kept.state), readings, leaves };
    }),
  );
}

/** Roots that were read lately, by the transaction and place of their report: 256 curves take a while to hash. */
const DECODED = new Map<string, { readings: Reading[]; leaves: Hex[]; made: Hex }>();
const MOST_DECODED = 16;

function daysUnder(event: PlatformEvent<"MeterRegistry", "RootReported">) {
  const key = `${event.blockHash}/${event.logIndex}`;
  const known = DECODED.get(key);
  if (known !== undefined) return known;
  const readings = readingsUnder(event);
  const leaves = readings.map(dayLeaf);
  const days = { readings, leaves, made: merkleRoot(leaves) };
  DECODED.set(key, days);
  const [oldest] = DECODED.keys();
  if (DECODED.size > MOST_DECODED && oldest !== undefined) DECODED.delete(oldest);
  return days;
}

/** The days that became final with their root: those that had no words of their own by then. */
export async function readDaysEndedBy(
  platform: Platform,
  finalised: PlatformEvent<"MeterRegistry", "RootFinalised">,
): Promise<Reading[]> {
  const { root } = finalised.args;
  const until = { from: platform.startBlock, to: finalised.blockNumber };
  const [reports, recorded] = await Promise.all([
    eventsOf(platform, meterRegistry, ["RootReported"], { root }, until),
    eventsOf(platform, meterRegistry, ["MeterDayRecorded"], { root }, until),
  ]);
  const isBefore = (event: { blockNumber: bigint; logIndex: number }) =>
    event.blockNumber < finalised.blockNumber || event.logIndex < finalised.logIndex;
  const gone = new Set(recorded.filter(isBefore).map(({ args }) => args.meter));
  return reports.flatMap(readingsUnder).filter(({ meter }) => !gone.has(meter));
}

/** The first version of a meter's day, as one of some roots has it, and its place there. */
function firstUnder(roots: readonly RootWithDays[], meter: bigint) {
  for (const { args, state, readings, leaves, blockNumber, transactionHash } of roots) {
    const place = readings.findIndex((reading) => reading.meter === meter);
    const { quality, curve } = readings[place] ?? {};
    if (quality === undefined || curve === undefined) continue;
    const { root, finalisableAt } = args;
    const version: ReadingVersion = { version: 1, quality, finalisableAt, curve, blockNumber, transactionHash };
    const underRoot: PlaceUnderRoot = { root, leaves, place, quality };
    return { state, version, underRoot };
  }
  return undefined;
}

/** Meter days that are proved together, and how: those with words of their own, and those under each root. */
export interface ProvenDays<Of extends MeteredDay = MeteredDay> {
  proof: DayProof;
  days: Of[];
}

/** Sorts meter days into what is proved together. */
export function proveTogether<Of extends MeteredDay>(days: readonly Of[]): ProvenDays<Of>[] {
  const runs = groupBy(days, ({ underRoot }) => underRoot?.root ?? 0n);
  return [...runs.values()].map((run) => {
    const sorted = run.toSorted((a, b) => (a.underRoot?.place ?? 0) - (b.underRoot?.place ?? 0));
    return { proof: proveDays(sorted.flatMap(({ underRoot }) => underRoot ?? [])), days: sorted };
  });
}

/**
 * The arguments of `MeterRegistry.recordDays` for days that lie under roots, each call for one root: only then can they be
 * corrected, reported again or finalised by consent.
 */
export function buildRecordDays(
  days: readonly MeteredDay[],
): [days: Pick<MeteredDay, "meter" | "day">[], curveHashes: Hex[], proof: DayProof][] {
  return proveTogether(days.filter(({ underRoot }) => underRoot !== undefined)).map((run) => [
    run.days.map(({ meter, day }) => ({ meter, day })),
    run.days.flatMap(({ inForce }) => (inForce === undefined ? [] : hashCurve(inForce.curve))),
    run.proof,
  ]);
}

/** A corrected reading of a final day. */
export interface CorrectedReading extends Omit<ReadingVersion, "finalisableAt"> {
  /** Unix second from which trades can be adjusted by it. */
  adjustableAt: number;
}

/** The corrections of a final day, oldest first, and the one in force, confirmed by the hash on chain. */
export interface Corrections {
  inForce: CorrectedReading | undefined;
  all: CorrectedReading[];
}

/** Reads the corrections of a meter's day from the chain and its logs. */
export async function readCorrections(platform: Platform, meter: bigint, day: Day): Promise<Corrections> {
  const registry = contractAt(platform, meterRegistry);
  const kept = await readContract(platform.client, { ...registry, functionName: "correctionOf", args: [meter, day] });
  if (kept.version === 0) return { inForce: undefined, all: [] };
  const range = { from: await blockAt(platform, startOfDay(day)), to: LATEST };
  const events = await eventsOf(platform, meterRegistry, ["MeterDayCorrected"], { meter, day }, range);
  const all = events.map(({ args: { version, quality, adjustableAt, curve }, blockNumber, transactionHash }) => ({
    ...{ version, quality: nameOf(QUALITIES, quality), adjustableAt, curve: decodeCurve(curve) },
    ...{ blockNumber, transactionHash },
  }));
  const inForce = all.find(({ version }) => version === kept.version);
  if (inForce === undefined || slice(hashCurve(inForce.curve), 0, 24) !== kept.curveHash) {
    throw new LogError({
      en: `The logs of meter ${meter} on ${formatDay(day)} do not hold correction ${kept.version}, which is in force: the node is missing logs, or another correction came meanwhile; read again.`,
      zh: `计量点 ${meter} 在 ${formatDay(day)} 的日志中没有现行的第 ${kept.version} 次更正：节点缺少日志，或其间又有更正；请重新读取。`,
    });
  }
  return { inForce, all };
}

function readingVersion({
  args,
  blockNumber,
  transactionHash,
}: PlatformEvent<"MeterRegistry", "MeterDayReported">): ReadingVersion {
  const { version, quality, finalisableAt, curve } = args;
  return {
    version,
    quality: nameOf(QUALITIES, quality),
    finalisableAt,
    curve: decodeCurve(curve),
    blockNumber,
    transactionHash,
  };
}

/** The final curve of a meter's day as the contracts take it, and what proves it; throws while there is none. */
export async function readFinalDay(
  platform: Platform,
  meter: bigint,
  day: Day,
): Promise<{ curve: Hex; proof: DayProof }> {
  const metered = await readMeterDay(platform, meter, day);
  return { curve: encodeCurve(finalCurve(metered)), proof: proveDays(metered.underRoot ? [metered.underRoot] : []) };
}

/** The curve that a meter's day is settled by; throws while there is none. */
export function finalCurve({ meter, day, state, inForce }: MeteredDay): Curve {
  if (inForce !== undefined && isDayFinal(state)) return inForce.curve;
  const waitsFor: Partial<Record<DayState, Sentence>> = {
    None: { en: "its readings are not reported yet", zh: "读数尚未上报" },
    Lapsed: { en: "it lapsed without readings; report them late", zh: "未上报读数，已失效；请补报" },
  };
  const { version = 0, finalisableAt = 0 } = inForce ?? {};
  const reason = waitsFor[state] ?? {
    en: `version ${version} can be finalised from unix second ${finalisableAt} on`,
    zh: `第 ${version} 版自 Unix 秒 ${finalisableAt} 起可定稿`,
  };
  throw new MeterDayError({
    en: `Meter ${meter} on ${formatDay(day)} is not final, so nothing of it can be settled: ${reason.en}.`,
    zh: `计量点 ${meter} 在 ${formatDay(day)} 的读数尚未定稿，不能结算：${reason.zh}。`,
  });
}
