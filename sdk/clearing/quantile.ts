const DIGIT = 11;
const BUCKETS = 2 ** DIGIT;

/** Where the running sum of weights, keys ascending, first reaches a target. */
export interface Quantile {
  key: number;
  /** The sum up to and with this key. */
  reached: number;
}

/**
 * The least key up to which the weights add up to `target` or more. Radix selection: a histogram of eleven bits at a time,
 * the highest first, over the keys that share the bits found so far; time grows with the number of keys whatever they are.
 * The target is above 0 and at most the sum of all weights.
 */
export function quantile(keys: Uint32Array, weights: Float64Array, target: number): Quantile {
  let largest = 0;
  for (let i = 0; i < keys.length; i += 1) if (keys[i]! > largest) largest = keys[i]!;
  const digits = Math.max(1, Math.ceil((32 - Math.clz32(largest)) / DIGIT));
  const histogram = new Float64Array(BUCKETS);
  let below = 0;
  let prefix = 0;
  for (let digit = digits - 1; digit >= 0; digit -= 1) {
    const shift = digit * DIGIT;
    histogram.fill(0);
    if (digit === digits - 1) {
      for (let i = 0; i < keys.length; i += 1) histogram[keys[i]! >>> shift]! += weights[i]!;
    } else {
      for (let i = 0; i < keys.length; i += 1) {
        const top = keys[i]! >>> shift;
        if (top >>> DIGIT === prefix) histogram[top & (BUCKETS - 1)]! += weights[i]!;
      }
    }
    let bucket = 0;
    while (below + histogram[bucket]! < target) {
      below += histogram[bucket]!;
      bucket += 1;
    }
    prefix = prefix * BUCKETS + bucket;
    if (digit === 0) below += histogram[bucket]!;
  }
  return { key: prefix, reached: below };
}
