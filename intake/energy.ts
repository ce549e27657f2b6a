import type { Decimal } from "../sdk/types/decimal.ts";
import { divideHalfUp } from "../sdk/types/rounding.ts";
import type { Wh } from "../sdk/types/units.ts";

/** Units of readings: mean power of an interval, or its energy. */
export const UNITS = ["W", "kW", "MW", "Wh", "kWh", "MWh"] as const;
export type Unit = (typeof UNITS)[number];

const IN_WATTS: Readonly<Record<Unit, { watts: bigint; power: boolean }>> = {
  W: { watts: 1n, power: true },
  kW: { watts: 1_000n, power: true },
  MW: { watts: 1_000_000n, power: true },
  Wh: { watts: 1n, power: false },
  kWh: { watts: 1_000n, power: false },
  MWh: { watts: 1_000_000n, power: false },
};

/**
 * An exact sum of values, divided by `divisor`, as whole Wh: rounded half up once, at the end, so that the noise of
 * 0.48200000000000004 vanishes and nothing is rounded twice. Power is the mean over each interval.
 * @param value from 0 up
 */
export function energyWh(value: Decimal, unit: Unit, resolutionMinutes: number, divisor = 1n): Wh {
  const { watts, power } = IN_WATTS[unit];
  const hours = power ? BigInt(resolutionMinutes) : 60n;
  return divideHalfUp(value.digits * watts * hours, divisor * 60n * 10n ** BigInt(value.decimals));
}

/** Splits whole Wh evenly over slots so that they add up: the earliest slots hold one Wh more where it does not divide. */
export function splitEvenly(wh: Wh, slots: number): number[] {
  const each = Number(wh / BigInt(slots));
  const rest = Number(wh % BigInt(slots));
  return Array.from({ length: slots }, (_, slot) => each + (slot < rest ? 1 : 0));
}

/** Whether a unit is one of energy, and not of power. */
export function isEnergy(unit: Unit): boolean {
  return !IN_WATTS[unit].power;
}
