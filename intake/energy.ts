import { type Decimal, parseDecimal } from "../sdk/types/decimal.ts";
import { divideHalfUp } from "../sdk/types/rounding.ts";
import type { Wh } from "../sdk/types/units.ts";
import type { Mapping } from "./mapping.ts";

const IN_WATTS: Readonly<Record<Mapping["unit"], { watts: bigint; power: boolean }>> = {
  W: { watts: 1n, power: true },
  kW: { watts: 1_000n, power: true },
  MW: { watts: 1_000_000n, power: true },
  Wh: { watts: 1n, power: false },
  kWh: { watts: 1_000n, power: false },
  MWh: { watts: 1_000_000n, power: false },
};

/**
 * The energy of one interval in whole Wh. Power is the mean over the interval. The value is taken exactly as written
 * and the energy rounded half up once, so the noise of 0.48200000000000004 vanishes and nothing is rounded twice. A
 * negative result means that the value was negative; it is never a reading.
 */
export function energyWh(text: string, unit: Mapping["unit"], resolutionMinutes: number, scale: Decimal): Wh {
  const value = parseDecimal(text, { exponents: true });
  if (value.digits < 0n) return -1n;
  const { watts, power } = IN_WATTS[unit];
  const hours = power ? BigInt(resolutionMinutes) : 60n;
  return divideHalfUp(
    value.digits * scale.digits * watts * hours,
    60n * 10n ** BigInt(value.decimals + scale.decimals),
  );
}

/** Splits whole Wh evenly over slots so that they add up: the earliest slots hold one Wh more where it does not divide. */
export function splitEvenly(wh: Wh, slots: number): number[] {
  const each = Number(wh / BigInt(slots));
  const rest = Number(wh % BigInt(slots));
  return Array.from({ length: slots }, (_, slot) => each + (slot < rest ? 1 : 0));
}
