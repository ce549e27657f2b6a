/** Runs test files with one of Hardhat's runners and writes how many passed: testSuite.ts solidity|mocha RESULT FILE... */
import { writeFileSync } from "node:fs";
import type { InvariantTestKind } from "@nomicfoundation/edr";
import hre from "hardhat";
import Mocha from "mocha";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface SolidityResult {
  name: string;
  status: "Success" | "Failure" | "Skipped";
  kind: Partial<InvariantTestKind>;
}

async function runSolidity(testFiles: string[]): Promise<Counts> {
  const result = await hre.tasks.getTask(["test", "solidity"]).run({ testFiles, noCompile: true });
  const { suiteResults } = (result.success ? result.value : result.error) as {
    suiteResults: { testResults: SolidityResult[] }[];
  };
  const results = suiteResults.flatMap(({ testResults }) => testResults);
  const count = (wanted: string) => results.filter(({ status }) => status === wanted).length;
  // A run that breaks off is a failure even without a failed test.
  const broken = result.success ? count("Failure") : Math.max(count("Failure"), 1);
  const failed = results.reduce((sum, walk) => sum + (isCutShort(walk) ? 1 : 0), broken);
  return { passed: count("Success"), failed, skipped: count("Skipped") };
}

/** Reports how an invariant's walks went: whether any was cut short or any step thrown away, which would prove less than it says. */
function isCutShort({ name, status, kind: { runs, calls, reverts, metrics } }: SolidityResult): boolean {
  if (status !== "Success" || runs === undefined || calls === undefined) return false;
  const steps = Object.values(metrics ?? {});
  const discarded = steps.reduce((sum, { discards }) => sum + discards, 0n);
  console.log(`${name}: ${runs} walks, ${calls} steps, ${reverts} of them refused, ${discarded} discarded`);
  const { runs: wantedRuns, depth } = hre.config.test.solidity.profiles.default?.invariant ?? {};
  return discarded !== 0n || calls !== BigInt(wantedRuns ?? 0) * BigInt(depth ?? 0);
}

async function runMocha(testFiles: string[]): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  // Hardhat's own summary counts skipped tests as passed, so the runner's events are counted here.
  class Counting extends Mocha.reporters.Spec {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      runner.on("pass", () => counts.passed++);
      runner.on("fail", () => counts.failed++);
      runner.on("pending", () => counts.skipped++);
    }
  }
  hre.config.test.mocha.reporter = Counting;
  hre.config.test.mocha.forbidOnly = Boolean(process.env.CI);
  const result = await hre.tasks.getTask(["test", "mocha"]).run({ testFiles, noCompile: true });
  if (!result.success && counts.failed === 0) counts.failed = 1;
  return counts;
}

const [runner, resultFile, ...testFiles] = process.argv.slice(2);
if (resultFile === undefined) throw new Error("Usage: testSuite.ts solidity|mocha RESULT FILE...");
const counts = runner === "solidity" ? await runSolidity(testFiles) : await runMocha(testFiles);
writeFileSync(resultFile, JSON.stringify(counts));
// A test that leaves a timer or a socket open would keep the process alive.
process.exit(counts.failed > 0 ? 1 : 0);
