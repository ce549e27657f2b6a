/** Runs test files with one of Hardhat's runners and writes how many passed: testSuite.ts solidity|mocha RESULT FILE... */
import { writeFileSync } from "node:fs";
import hre from "hardhat";
import Mocha from "mocha";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

async function runSolidity(testFiles: string[]): Promise<Counts> {
  const result = await hre.tasks.getTask(["test", "solidity"]).run({ testFiles, noCompile: true });
  const { suiteResults } = (result.success ? result.value : result.error) as {
    suiteResults: { testResults: { status: "Success" | "Failure" | "Skipped" }[] }[];
  };
  const statuses = suiteResults.flatMap(({ testResults }) => testResults.map(({ status }) => status));
  const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
  // A run that breaks off is a failure even without a failed test.
  const failed = result.success ? count("Failure") : Math.max(count("Failure"), 1);
  return { passed: count("Success"), failed, skipped: count("Skipped") };
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
