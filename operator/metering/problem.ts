import { DujiangError } from "../../sdk/types/errors.ts";
import type { Words } from "../gateway/language.ts";

/** One reason why a batch is not taken. */
export interface Problem {
  /** The line of a CSV file, or which of the readings of a JSON message, from 1 on. */
  place: number | null;
  /** The asset number as it was written. */
  meter: string | null;
  /** The slot from which it is so. */
  slot: number | null;
  words: Words;
}

/** The most problems of a batch that are kept and reported: the rest appear when it comes again. */
const MOST = 200;

/** Thrown when a batch cannot be taken: nothing of it is. */
export class BatchRejected extends DujiangError {
  readonly problems: readonly Problem[];
  /** How many there are, of which `problems` holds the first. */
  readonly count: number;

  constructor(problems: readonly [Problem, ...Problem[]] | readonly Problem[]) {
    super(problems[0]?.words ?? { en: "", zh: "" });
    this.problems = problems.slice(0, MOST);
    this.count = problems.length;
  }
}

/** A reason that is about the whole batch. */
export function rejectWhole(words: Words): never {
  throw new BatchRejected([{ place: null, meter: null, slot: null, words }]);
}

/** A text that came from outside, short enough to be shown and without what no screen shows. */
export function shown(text: string): string {
  const plain = text.replace(/\p{C}/gu, "·");
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
