import { DujiangError } from "../sdk/types/errors.ts";

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

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const rows = sorted.slice(0, SHOWN).map(describeProblem);
    if (sorted.length > SHOWN) rows.push(`and ${sorted.length - SHOWN} more.`);
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
