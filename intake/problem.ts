import { DujiangError } from "../sdk/types/errors.ts";
import { joined, type Sentence } from "../sdk/types/sentence.ts";

/** One reason why readings cannot be taken, with the line of the file it was found on, where there is one. */
export interface Problem {
  line?: number;
  reason: Sentence;
}

const SHOWN = 20;

/** Thrown when a file does not hold the days asked for: nothing of it is taken. */
export class IntakeRejected extends DujiangError {
  /** Every problem, in the order of the lines. */
  readonly problems: readonly Problem[];

  /** @param assumed what was assumed about how the file is written */
  constructor(problems: readonly Problem[], assumed?: Sentence) {
    const sorted = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const count = sorted.length;
    const rows = [
      {
        en: `No reading was taken, for ${count === 1 ? "this reason" : `these ${count} reasons`}:`,
        zh: `未采用任何读数，原因共 ${count} 条：`,
      },
      ...sorted.slice(0, SHOWN).map(describeProblem),
    ];
    if (count > SHOWN) rows.push({ en: `and ${count - SHOWN} more.`, zh: `另有 ${count - SHOWN} 条。` });
    if (assumed !== undefined) rows.push(assumed);
    super(joined(rows));
    this.problems = sorted;
  }
}

/** "line 12: ..." */
export function describeProblem({ line, reason: { en, zh } }: Problem): Sentence {
  return line === undefined ? { en, zh } : { en: `line ${line}: ${en}`, zh: `第 ${line} 行：${zh}` };
}
