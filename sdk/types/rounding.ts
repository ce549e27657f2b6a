import { WholeError } from "./whole.ts";

/** numerator / denominator, rounded half up; both must not be negative and the denominator must be positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n) {
    throw new WholeError({
      en: `Only amounts from 0 up are rounded half up, not ${numerator} / ${denominator}.`,
      zh: `只对不小于 0 的数四舍五入，不能用于 ${numerator} / ${denominator}。`,
    });
  }
  return (2n * numerator + denominator) / (2n * denominator);
}

/** numerator / denominator, rounded up; same conditions. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n) {
    throw new WholeError({
      en: `Only amounts from 0 up are rounded up, not ${numerator} / ${denominator}.`,
      zh: `只对不小于 0 的数向上取整，不能用于 ${numerator} / ${denominator}。`,
    });
  }
  return (numerator + denominator - 1n) / denominator;
}

/**
 * Shares out a whole in proportion to weights so that the parts add up to it exactly: each part is rounded down, and what
 * is left goes one by one to the largest remainders, the earlier part first where they are equal.
 */
export function apportion(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (total < 0n || sum <= 0n || weights.some((weight) => weight < 0n)) {
    throw new WholeError({
      en: "Only a total from 0 up is shared out, by weights from 0 up of which one is positive.",
      zh: "只能分摊不小于 0 的总额，权重不得为负，且至少一项大于 0。",
    });
  }
  const parts = weights.map((weight) => (total * weight) / sum);
  const left = Number(total - parts.reduce((all, part) => all + part, 0n));
  const remainders = weights.map((weight, index) => ({ index, remainder: (total * weight) % sum }));
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of remainders.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}
