import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** What became of a mutant, and by which code of the tests: another code may judge otherwise. */
export interface Verdict {
  id: number;
  /** The test that failed; none if all passed. */
  killer?: string;
  /** Hash of the killer's suite, or of all suites if the mutant survived. */
  tests: string;
}

/** Verdicts, a line each, written as soon as they are known: an interrupted run continues where it ended. */
export class Journal {
  readonly #file: string;
  readonly #verdicts = new Map<number, Verdict>();

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const verdict = parsed(line);
      if (verdict) this.#verdicts.set(verdict.id, verdict);
    }
  }

  of(id: number): Verdict | undefined {
    return this.#verdicts.get(id);
  }

  record(verdict: Verdict): void {
    this.#verdicts.set(verdict.id, verdict);
    appendFileSync(this.#file, `${JSON.stringify(verdict)}\n`);
  }
}

/** The last line may have been cut off. */
function parsed(line: string): Verdict | undefined {
  try {
    return JSON.parse(line) as Verdict;
  } catch {
    return undefined;
  }
}
