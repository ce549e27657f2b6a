import { type Hash, slice } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { blockAt, LATEST, LogError, type PlatformEvent, readEvents } from "../chain/logs.ts";
import { type Curve, decodeCurve, hashCurve } from "../types/curve.ts";
import { isDayFinal } from "../types/dayState.ts";
import { DAY_STATES, type DayState, QUALITIES, type Quality } from "../types/enums.ts";
import { DujiangError } from "../types/errors.ts";
import type { Sentence } from "../types/sentence.ts";
import { type Day, formatDay, startOfDay } from "../types/time.ts";
import { nameOf } from "../types/words.ts";

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
}

/** Reads a meter's day from the chain and its logs. */
export async function readMeterDay(platform: Platform, meter: bigint, day: Day): Promise<MeteredDay> {
  const [read] = await readMeterDays(platform, [meter], day);
  return read as MeteredDay;
}

/** Reads a day of several meters from the chain and its logs, in the order asked for. */
export async function readMeterDays(platform: Platform, meters: readonly bigint[], day: Day): Promise<MeteredDay[]> {
  const registry = contractOf(platform, "MeterRegistry");
  const records = await Promise.all(
    meters.map((meter) => readContract(platform.client, { ...registry, functionName: "dayOf", args: [meter, day] })),
  );
  const range = { from: await blockAt(platform, startOfDay(day)), to: LATEST };
  const wanted = { meter: [...new Set(meters)], day };
  const reports = await readEvents(platform, "MeterRegistry", ["MeterDayReported"], wanted, range);
  return meters.map((meter, index) => {
    const versions = reports.filter(({ args }) => args.meter === meter).map(readingVersion);
    const { version = 0, state = 0, curveHash } = records[index] ?? {};
    const inForce = versions.find((reading) => reading.version === version);
    if (version !== 0 && (inForce === undefined || slice(hashCurve(inForce.curve), 0, 24) !== curveHash)) {
      throw new LogError({
        en: `The logs of meter ${meter} on ${formatDay(day)} do not hold version ${version}, which is in force: the node is missing logs, or a correction came meanwhile; read again.`,
        zh: `计量点 ${meter} 在 ${formatDay(day)} 的日志中没有现行的第 ${version} 版：节点缺少日志，或其间有更正；请重新读取。`,
      });
    }
    return { meter, day, state: nameOf(DAY_STATES, state), inForce, versions };
  });
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
  const registry = contractOf(platform, "MeterRegistry");
  const kept = await readContract(platform.client, { ...registry, functionName: "correctionOf", args: [meter, day] });
  if (kept.version === 0) return { inForce: undefined, all: [] };
  const range = { from: await blockAt(platform, startOfDay(day)), to: LATEST };
  const events = await readEvents(platform, "MeterRegistry", ["MeterDayCorrected"], { meter, day }, range);
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
