import { createHash } from "node:crypto";
import { join } from "node:path";
import { buildMutants } from "./buildCache.ts";
import { Journal, type Verdict } from "./journal.ts";
import { findKiller, type KnownTest, learnSuite } from "./judge.ts";
import { kept } from "./kept.ts";
import { described, keyOf, type Reason, type Results } from "./results.ts";
import type { Mutant } from "./schemata.ts";
import { TestRunner } from "./testRunner.ts";

const SEED = "Dujiangyan 256 BC";
/**
 * Where money, energy and what is owed are decided. Identity, metering and types are judged by their own tests alone, and so
 * is credit: as a bond policy it must answer with little gas, which mutants behind their switches do not.
 */
const ROOMS = ["access", "money", "energy", "debts", "market", "settlement", "finance"];
const MUTATED = new RegExp(`^contracts/(${ROOMS.join("|")})/(?!interfaces/)`);
const TESTED_BY = [...ROOMS, "identity", "acceptance", "invariant"];
const TEST_FOLDERS = TESTED_BY.map((name) => `test/${name}`);

export interface Options {
  /** Only mutants of files whose path contains this. */
  only?: string;
  /** As many of them, drawn by the seed. */
  sample?: number;
  say: (step: string) => void;
  /** Asked before each mutant. */
  isStopped: () => boolean;
}

export interface Judged {
  /** Of all mutants that were ever tried on this code. */
  results: Results;
  /** Those of the reasons that no survivor needs: the mutant is killed, or there is none. */
  unneeded(reasons: readonly Reason[]): Reason[];
}

/** Judges the mutants that no earlier run has judged. */
export async function run(root: string, { only = "", sample = Infinity, say, isStopped }: Options): Promise<Judged> {
  const folder = join(root, "cache/mutation");
  const build = await buildMutants(root, folder, (file) => MUTATED.test(file), TEST_FOLDERS, say);
  const runner = await TestRunner.create(build.compiled, root);
  const tests: KnownTest[] = [];
  for (const suite of runner.suites) {
    say(`Seeing what ${suite.replace(/.*:/, "")} reaches`);
    const file = join(folder, `reach-${build.hash}-${runner.hashOf(suite)}.json`);
    tests.push(...(await kept(file, () => learnSuite(runner, suite))));
  }
  const journal = new Journal(join(folder, `verdicts-${build.hash}.jsonl`));
  // A kill stands while the suite that killed is the same; a survival while all are.
  const stands = (verdict: Verdict | undefined) =>
    verdict?.tests === (verdict?.killer === undefined ? build.testHash : runner.hashOf(suiteOf(verdict.killer)));

  const known = described(build.mutants);
  const keyOfMutant = ({ id }: Mutant) => keyOf(known.get(id)!);
  const drawn = shuffled(
    build.mutants.filter(({ file }) => file.includes(only)),
    keyOfMutant,
  ).slice(0, sample);
  let survivors = 0;
  for (const [index, mutant] of drawn.entries()) {
    if (isStopped()) break;
    if (!stands(journal.of(mutant.id))) {
      const { file, line, original, mutated } = mutant;
      say(
        `${index + 1}/${drawn.length}, ${survivors} survive · ${file}:${line} ${short(original)} -> ${short(mutated)}`,
      );
      const killer = await findKiller(runner, mutant, tests);
      if (killer)
        journal.record({ id: mutant.id, killer: `${killer.suite} ${killer.name}`, tests: runner.hashOf(killer.suite) });
      else journal.record({ id: mutant.id, tests: build.testHash });
    }
    if (journal.of(mutant.id)?.killer === undefined) survivors += 1;
  }

  const tried = build.mutants.filter(({ id }) => stands(journal.of(id)));
  const results = {
    files: [...Map.groupBy(build.mutants, ({ file }) => file)].map(([file, mutants]) => {
      const ofFile = tried.filter((mutant) => mutant.file === file);
      const killed = ofFile.filter(({ id }) => journal.of(id)?.killer !== undefined);
      return { file, mutants: mutants.length, tried: ofFile.length, killed: killed.length };
    }),
    survivors: tried.flatMap(({ id }) => (journal.of(id)?.killer === undefined ? (known.get(id) ?? []) : [])),
  };
  const keys = new Set(build.mutants.map(keyOfMutant));
  const killed = new Set(tried.filter(({ id }) => journal.of(id)?.killer !== undefined).map(keyOfMutant));
  return {
    results,
    unneeded: (reasons) => reasons.filter((reason) => !keys.has(keyOf(reason)) || killed.has(keyOf(reason))),
  };
}

/**
 * Always in the same order, so that what is judged first is a sample of the rest: by what a mutant changes, so that the
 * sample stays the same where other code does not.
 */
function shuffled(mutants: readonly Mutant[], keyOfMutant: (mutant: Mutant) => string): Mutant[] {
  const rankOf = (mutant: Mutant) =>
    createHash("sha256")
      .update(`${SEED} ${keyOfMutant(mutant)}`)
      .digest("hex");
  return mutants
    .map((mutant) => ({ mutant, rank: rankOf(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ mutant }) => mutant);
}

function suiteOf(killer: string): string {
  return killer.slice(0, killer.lastIndexOf(" "));
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim() || "(left out)";
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
