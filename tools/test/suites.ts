/** Shares test files out to suites, each a process of its own, so that two cores are busy until the end. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KINDS, type Kind } from "./budget.ts";

export interface Suite {
  name: string;
  kind: Kind;
  files: string[];
  /** How long it is expected to take. */
  seconds: number;
}

/** Seconds that each test file took, as `npm test -- --record` wrote them. */
export const SECONDS = "tools/test/seconds.json";
export type Seconds = Readonly<Record<string, number>>;

/** A process starts in 3 to 5 s, so small files share one; a long one at the end would leave the other core idle. */
const SUITE_SECONDS = 120;
/** For files that nobody has measured yet. */
const USUAL_SECONDS: Record<Kind, number> = { Solidity: 1, TypeScript: 8, browser: 20 };

export function readSeconds(root: string): Seconds {
  return JSON.parse(readFileSync(join(root, SECONDS), "utf8")) as Seconds;
}

/** The suites, those that take longest first. */
export function suitesOf(files: readonly string[], kindOf: (file: string) => Kind, measured: Seconds): Suite[] {
  return KINDS.flatMap((kind) => {
    const secondsOf = (file: string) => measured[file] ?? USUAL_SECONDS[kind];
    const ofKind = files.filter((file) => kindOf(file) === kind).sort((a, b) => secondsOf(b) - secondsOf(a));
    const total = ofKind.reduce((sum, file) => sum + secondsOf(file), 0);
    const suites = Array.from({ length: Math.ceil(total / SUITE_SECONDS) }, () => ({
      files: [] as string[],
      seconds: 0,
    }));
    for (const file of ofKind) {
      const shortest = suites.reduce((a, b) => (b.seconds < a.seconds ? b : a));
      shortest.files.push(file);
      shortest.seconds += secondsOf(file);
    }
    const used = suites.filter((suite) => suite.files.length > 0).sort((a, b) => b.seconds - a.seconds);
    return used.map((suite, i) => ({ ...suite, kind, name: used.length === 1 ? kind : `${kind} ${i + 1}` }));
  }).sort((a, b) => b.seconds - a.seconds);
}
