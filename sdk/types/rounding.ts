/** numerator / denominator, rounded half up; both must not be negative and the denominator must be positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n) {
    throw new RangeError(`Only amounts from 0 up are rounded half up, not ${numerator} / ${denominator}.`);
  }
  return (2n * numerator + denominator) / (2n * denominator);
}

/** numerator / denominator, rounded up; same conditions. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n) {
    throw new RangeError(`Only amounts from 0 up are rounded up, not ${numerator} / ${denominator}.`);
  }
  return (numerator + denominator - 1n) / denominator;
}
