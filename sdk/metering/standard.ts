import { type Curve, curve } from "../types/curve.ts";
import { apportion } from "../types/rounding.ts";
import { SLOTS } from "../types/time.ts";
import type { Wh } from "../types/units.ts";

interface Part {
  weight: bigint;
  /** Whether a slot lies in this part. */
  has: (slot: number) => boolean;
}

/** 三段式: valley 00:00–09:00, peak 09:00–18:00, flat 18:00–24:00. */
const THREE_PARTS: readonly Part[] = [
  { weight: 20n, has: (slot) => slot < 36 },
  { weight: 50n, has: (slot) => slot >= 36 && slot < 72 },
  { weight: 30n, has: (slot) => slot >= 72 },
];

/** 低谷弃水: 23:00–07:00, hours of water that would otherwise be spilled. */
const LOW_VALLEY: readonly Part[] = [{ weight: 1n, has: (slot) => slot >= 92 || slot < 28 }];

/** A day's energy by the three-part standard curve: 20 % valley, 50 % peak, 30 % flat, level inside each. */
export const threePartCurve = (totalWh: Wh): Curve => standardCurve(totalWh, THREE_PARTS);

/** A day's energy by the low-valley standard curve: level over 23:00–07:00 of the same date. */
export const lowValleyCurve = (totalWh: Wh): Curve => standardCurve(totalWh, LOW_VALLEY);

/** Level inside a part means to the Wh: where it does not divide evenly, the earlier slots hold one Wh more. */
function standardCurve(totalWh: Wh, parts: readonly Part[]): Curve {
  const values = new Array<bigint>(SLOTS).fill(0n);
  const weights = parts.map(({ weight }) => weight);
  apportion(totalWh, weights).forEach((partWh, index) => {
    const slots = values.map((_, slot) => slot).filter((slot) => parts[index]?.has(slot));
    apportion(
      partWh,
      slots.map(() => 1n),
    ).forEach((wh, place) => {
      values[slots[place] ?? 0] = wh;
    });
  });
  return curve(values);
}
