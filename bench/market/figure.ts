/** A time at a size, to see how it grows. */
export interface Growth {
  size: number;
  seconds: number;
}

/** One figure of the market as it was measured. */
export interface Measured {
  value: number;
  /** The least the value should be, or the most where less is better. */
  bar?: { atLeast: number } | { atMost: number };
  /** The same work by others, in the same run on the same stream. */
  peers?: Record<string, number>;
  /** Other figures of the same run. */
  beside?: Record<string, number>;
  growth?: Growth[];
  /** e in seconds ~ size^e, fitted over `growth`. */
  exponent?: number;
}

/** What one module of this folder measures, in a process of its own. */
export interface Figure {
  name: string;
  measure: () => Measured | Promise<Measured>;
}
