import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mutant } from "./schemata.ts";

/** A mutant as it is written down: without what moves when other code changes. */
export type Survivor = Pick<Mutant, "file" | "where" | "operator" | "original" | "mutated"> & {
  /** Which of several equal ones in a function, from 1. */
  occurrence: number;
};

export interface FileResult {
  file: string;
  /** All there are, those tried and those killed. */
  mutants: number;
  tried: number;
  killed: number;
}

export interface Results {
  files: FileResult[];
  survivors: Survivor[];
}

/** Why tests cannot, or need not, tell a mutant from the original. */
export interface Reason extends Omit<Survivor, "operator"> {
  /** Whether no test can tell them apart, whatever it does. */
  equivalent: boolean;
  reason: string;
}

export const LEAST_PERCENT = 90;

const RESULTS = "tools/mutate/results.json";
const REASONS = "tools/mutate/reasons.json";
export const FILES = { results: RESULTS, reasons: REASONS, page: "docs/mutation.md" };

export function readResults(root: string): Results {
  return JSON.parse(readFileSync(join(root, RESULTS), "utf8"));
}

export function readReasons(root: string): Reason[] {
  return JSON.parse(readFileSync(join(root, REASONS), "utf8"));
}

export function keyOf({ file, where, original, mutated, occurrence }: Omit<Survivor, "operator">): string {
  return JSON.stringify([file, where, original, mutated, occurrence]);
}

/** Numbers equal mutants of a function, in the order in which they stand. */
export function described(mutants: readonly Mutant[]): Map<number, Survivor> {
  const seen = new Map<string, number>();
  return new Map(
    mutants.map(({ id, file, where, operator, original, mutated }) => {
      const key = JSON.stringify([file, where, original, mutated]);
      const occurrence = (seen.get(key) ?? 0) + 1;
      seen.set(key, occurrence);
      return [id, { file, where, operator, original, mutated, occurrence }];
    }),
  );
}

/** The share of mutants killed, of those that a test can tell from the original. */
export function percentOf({ tried, killed }: Omit<FileResult, "file">, equivalent: number): number {
  return (100 * killed) / (tried - equivalent);
}

/** How many of the survivors in a folder or file no test can tell from the original. */
export function equivalentIn(path: string, survivors: Survivor[], reasons: Reason[]): number {
  const equivalent = new Set(reasons.filter((reason) => reason.equivalent).map(keyOf));
  return survivors.filter((survivor) => survivor.file.startsWith(path) && equivalent.has(keyOf(survivor))).length;
}

/** What is wrong with the results: a folder below the bar, or a survivor without a reason. */
export function problemsOf({ files, survivors }: Results, reasons: Reason[]): string[] {
  const problems: string[] = [];
  for (const [folder, result] of byFolder(files)) {
    const percent = percentOf(result, equivalentIn(folder, survivors, reasons));
    if (percent >= LEAST_PERCENT) continue;
    problems.push(
      `${folder}: ${percent.toFixed(1)} % of the mutants are killed; at least ${LEAST_PERCENT} % are expected.`,
    );
  }
  const explained = new Set(reasons.map(keyOf));
  for (const survivor of survivors) {
    if (explained.has(keyOf(survivor))) continue;
    const { file, where, original, mutated, occurrence } = survivor;
    const change = JSON.stringify({ file, where, original, mutated, occurrence });
    problems.push(`No test notices this, and ${REASONS} has no reason for it: ${change}`);
  }
  return problems;
}

export function byFolder(files: FileResult[]): Map<string, Omit<FileResult, "file">> {
  const folders = new Map<string, Omit<FileResult, "file">>();
  for (const { file, mutants, tried, killed } of files) {
    const folder = file.split("/").slice(0, 2).join("/");
    const sum = folders.get(folder) ?? { mutants: 0, tried: 0, killed: 0 };
    folders.set(folder, {
      mutants: sum.mutants + mutants,
      tried: sum.tried + tried,
      killed: sum.killed + killed,
    });
  }
  return folders;
}
