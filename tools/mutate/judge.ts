import type { Mutant } from "./schemata.ts";
import { NONE, NOTING, type Test, type TestRunner } from "./testRunner.ts";

/** Long walks with fixed seeds, too long to take them for every mutant: the invariants and `testFuzz_` walk too. */
const LEFT_OUT = ["test_theHandlersGetEverywhere", "test_randomMarketsMeetEveryReason"];
const FUZZ_RUNS = 48;

/** A test, what it takes and which mutants it reaches. */
export interface KnownTest extends Test {
  seconds: number;
  reached: number[];
}

/** Runs every test of a suite once without a mutant: all have to pass, and show what they reach. */
export async function learnSuite(runner: TestRunner, suite: string): Promise<KnownTest[]> {
  const known: KnownTest[] = [];
  const outcomes = await runner.run(NONE, suite, undefined, { fuzzRuns: FUZZ_RUNS });
  for (const { name, passed, seconds } of outcomes) {
    if (LEFT_OUT.includes(name)) continue;
    if (!passed) throw new Error(`${suite} ${name} fails in the mutated build although no mutant is active.`);
    const reached = new Set<number>();
    await runner.run(NOTING, suite, [name], { fuzzRuns: 8, reached });
    known.push({ suite, name, seconds, reached: [...reached] });
  }
  return known;
}

/** The first test that fails with the mutant, in the order of what they take; none if all pass. */
export async function findKiller(runner: TestRunner, mutant: Mutant, tests: KnownTest[]): Promise<Test | undefined> {
  for (const { suite, names } of stages(mutant, tests)) {
    const outcomes = await runner.run(BigInt(mutant.id), suite, names, { fuzzRuns: FUZZ_RUNS });
    const failed = outcomes.find(({ passed }) => !passed);
    // A suite that cannot even be set up reports that alone, or nothing.
    if (failed) return { suite, name: failed.name };
    if (outcomes.length === 0) return { suite, name: "setUp" };
  }
  return undefined;
}

/** The suites of the mutant's own room first, then walks and stories; in each the plain tests before those with many inputs. */
function stages(mutant: Mutant, tests: KnownTest[]): { suite: string; names: string[] }[] {
  const room = mutant.file.split("/")[1];
  const reaching = tests.filter(({ reached }) => reached.includes(mutant.id));
  const groups = Map.groupBy(reaching, ({ suite, name }) => {
    const foreign = suite.startsWith(`test/${room}/`) ? 0 : 1;
    const many = /^(testFuzz|invariant)/.test(name) ? 1 : 0;
    return `${foreign}${many}${suite}`;
  });
  return [...groups]
    .map(([key, group]) => ({
      rank: key.slice(0, 2),
      seconds: group.reduce((sum, { seconds }) => sum + seconds, 0),
      suite: key.slice(2),
      names: group.map(({ name }) => name),
    }))
    .sort((a, b) => a.rank.localeCompare(b.rank) || a.seconds - b.seconds);
}
