import { DujiangError } from "../sdk/types/errors.ts";
import type { Sentence } from "../sdk/types/sentence.ts";

/** One reason why readings cannot be taken, with the line of the file it was found on, where there is one. */
export interface Problem {
  line?: number;
  reason: string;
}

const SHOWN = 20;

/** Thrown when a file does not hold the days asked for: nothing of it is taken. */
export class IntakeRejected extends DujiangError {
  /** Every problem, in the order of the lines. */
  readonly problems: readonly Problem[];

  /** @param assumed what was assumed about how the file is written */
  constructor(problems: readonly Problem[], assumed?: Sentence) {
    const sorted = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const rows = sorted.slice(0, SHOWN).map(describeProblem);
    if (sorted.length > SHOWN) rows.push(`and ${sorted.length - SHOWN} more.`);
    if (assumed !== undefined) rows.push(assumed.en);
    super(
      `No reading was taken, for ${sorted.length === 1 ? "this reason" : `these ${sorted.length} reasons`}:\n${rows.join("\n")}`,
    );
    this.problems = sorted;
  }
}

/** "line 12: ..." */
export function describeProblem({ line, reason }: Problem): string {
  return line === undefined ? reason : `line ${line}: ${reason}`;
}
