import { type Hash, type Hex, keccak256, stringToBytes } from "viem";
import { objectionDesk } from "../chain/abi/index.ts";
import type { Platform } from "../chain/client.ts";
import { eventsOf } from "../chain/logs.ts";
import { type Curve, hashCurve } from "../types/curve.ts";
import { isDayOpen } from "../types/dayState.ts";
import { type Day, formatDay } from "../types/time.ts";
import { type DayProof, OWN_WORDS, proveDays } from "./dayRoot.ts";
import { MeterDayError, readCorrections, readMeterDay } from "./metered.ts";

/** The arguments of `ObjectionDesk.object`. */
export type ObjectArguments = [
  meterDay: { meter: bigint; day: Day },
  version: number,
  curveHash: Hex,
  reasonHash: Hex,
  proof: DayProof,
];

/** A participant's objection to a version of a meter's day. */
export interface Objection {
  meter: bigint;
  day: Day;
  participant: number;
  version: number;
  /** Of the curve objected to. */
  curveHash: Hex;
  /** Id of the document with the reason, or keccak256 of a file that the objector keeps. */
  reasonHash: Hex;
  blockNumber: bigint;
  transactionHash: Hash;
}

/** What stands on chain for a reason that is no document: keccak256 of the file, or of a text in UTF-8. */
export const reasonHash = (reason: string | Uint8Array): Hex =>
  keccak256(typeof reason === "string" ? stringToBytes(reason) : reason);

/**
 * The arguments by which a participant objects to what is in force of a meter's day: its correction if there is one, otherwise
 * its report. A day of which nothing is open to objection is refused with the reason.
 */
export async function buildObjection(
  platform: Platform,
  meter: bigint,
  day: Day,
  reason: Hex,
): Promise<ObjectArguments> {
  const { inForce: corrected } = await readCorrections(platform, meter, day);
  const objection = (version: number, curve: Curve, proof: DayProof): ObjectArguments => [
    { meter, day },
    version,
    hashCurve(curve),
    reason,
    proof,
  ];
  if (corrected !== undefined) return objection(corrected.version, corrected.curve, OWN_WORDS);
  const { state, inForce, underRoot } = await readMeterDay(platform, meter, day);
  if (inForce === undefined || !isDayOpen(state)) throw nothingOpen(meter, day, inForce?.version);
  return objection(inForce.version, inForce.curve, proveDays(underRoot === undefined ? [] : [underRoot]));
}

/** Who objected to a meter's day, oldest first. */
export async function readObjections(platform: Platform, meter: bigint, day: Day): Promise<Objection[]> {
  const events = await eventsOf(platform, objectionDesk, ["MeterDayObjected"], { meter, day });
  return events.map(({ args, blockNumber, transactionHash }) => ({ ...args, blockNumber, transactionHash }));
}

function nothingOpen(meter: bigint, day: Day, version: number | undefined): MeterDayError {
  const date = formatDay(day);
  if (version === undefined)
    return new MeterDayError({
      en: `Meter ${meter} on ${date} has no reading yet: there is nothing to object to.`,
      zh: `计量点 ${meter} 在 ${date} 尚无读数：无从提出异议。`,
    });
  return new MeterDayError({
    en: `Version ${version} of meter ${meter} on ${date} is final, and no correction of it is open to objection: ask the metering centre for a correction.`,
    zh: `计量点 ${meter} 在 ${date} 的第 ${version} 版已定稿，也没有处于异议期的更正：请向计量中心申请更正。`,
  });
}
