import { concat, type Hex, keccak256, numberToHex, slice } from "viem";
import type { PlatformEvent } from "../chain/logs.ts";
import { type Curve, decodeCurve, encodeCurve, hashCurve } from "../types/curve.ts";
import { QUALITIES, type Quality } from "../types/enums.ts";
import { groupBy } from "../types/groupBy.ts";
import { merkleMultiProof } from "../types/merkleTree.ts";
import type { Day } from "../types/time.ts";

/** How many neighbours by number make a group: their first reports of a day can be kept under one root. */
export const METERS_PER_GROUP = 256n;
const CURVE_BYTES = 384;

/** The group of a meter. */
export const meterGroup = (meter: bigint): bigint => meter / METERS_PER_GROUP;

/** A curve as it is reported. */
export interface Reading {
  meter: bigint;
  day: Day;
  quality: Quality;
  /** Wh per slot. */
  curve: Curve;
}

/** An argument of `MeterRegistry.reportRoots`: first reports of a day, of meters of one group. */
export interface RootReport {
  group: bigint;
  day: Day;
  /** Bit i stands for meter `group` x 256 + i. */
  meters: bigint;
  /** Which of them are estimated. */
  estimated: bigint;
  /** Of ascending meters, 384 bytes each. */
  curves: Hex;
}

/** Where meter days in a row are kept, as the contracts ask for it; `root` 0 if they have words of their own. */
export interface DayProof {
  root: bigint;
  /** Bit i stands for the i-th of the days. */
  estimated: bigint;
  siblings: Hex[];
  flags: boolean[];
}

/** The place of a day under the root that it is kept under. */
export interface PlaceUnderRoot {
  root: bigint;
  /** Of all days of the root, by ascending meter. */
  leaves: readonly Hex[];
  place: number;
  quality: Quality;
}

/** Proves days that have words of their own. */
export const OWN_WORDS: DayProof = { root: 0n, estimated: 0n, siblings: [], flags: [] };

/** First reports as `reportRoots` takes them: one for each day and group, in the order of days and groups. */
export function rootReports(readings: readonly Reading[]): RootReport[] {
  const sorted = [...readings].sort((a, b) => a.day - b.day || (a.meter < b.meter ? -1 : 1));
  const parts = groupBy(sorted, ({ day, meter }) => `${day}/${meterGroup(meter)}`);
  return [...parts.values()].map((part) => {
    const [{ day, meter }] = part as [Reading];
    const bitsOf = (some: readonly Reading[]) =>
      some.reduce((bits, of) => bits | (1n << (of.meter % METERS_PER_GROUP)), 0n);
    return {
      ...{ group: meterGroup(meter), day, meters: bitsOf(part) },
      estimated: bitsOf(part.filter(({ quality }) => quality === "Estimated")),
      curves: concat(part.map(({ curve }) => encodeCurve(curve))),
    };
  });
}

/** The readings of a report under a root, by ascending meter. */
export function readingsUnder({ args }: Pick<PlatformEvent<"MeterRegistry", "RootReported">, "args">): Reading[] {
  const { group, day, meters, estimated, curves } = args;
  const found: Reading[] = [];
  for (let bit = 0n; bit < METERS_PER_GROUP; bit += 1n) {
    if (((meters >> bit) & 1n) === 0n) continue;
    const from = found.length * CURVE_BYTES;
    found.push({
      ...{ meter: group * METERS_PER_GROUP + bit, day },
      quality: ((estimated >> bit) & 1n) === 1n ? "Estimated" : "Measured",
      curve: decodeCurve(slice(curves, from, from + CURVE_BYTES)),
    });
  }
  return found;
}

/** What stands for a day under its root: meter, day and quality, and the hash of the curve. */
export function dayLeaf({ meter, day, quality, curve }: Reading): Hex {
  const what = (meter << 40n) | (BigInt(day) << 8n) | BigInt(QUALITIES.indexOf(quality));
  return keccak256(concat([numberToHex(what, { size: 32 }), hashCurve(curve)]));
}

/** Proves days that lie under the same root, by ascending meter; or that have words of their own, where none is given. */
export function proveDays(places: readonly PlaceUnderRoot[]): DayProof {
  const [first] = places;
  if (first === undefined) return OWN_WORDS;
  const estimated = places.reduce(
    (bits, { quality }, index) => (quality === "Estimated" ? bits | (1n << BigInt(index)) : bits),
    0n,
  );
  const proof = merkleMultiProof(
    first.leaves,
    places.map(({ place }) => place),
  );
  return { root: first.root, estimated, ...proof };
}
