/** Runs test files with one of Hardhat's runners and writes how they did: runSuite.ts solidity|mocha RESULT FILE... */
import { writeFileSync } from "node:fs";
import { relative, sep } from "node:path";
import type { InvariantTestKind } from "@nomicfoundation/edr";
import hre from "hardhat";
import Mocha from "mocha";
import { root } from "../../scripts/root.ts";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Result extends Counts {
  /** What failed and why, said again when everything has run. */
  failures: string[];
  /** How long each file took. */
  seconds: Record<string, number>;
}

interface SolidityResult {
  name: string;
  status: "Success" | "Failure" | "Skipped";
  reason?: string;
  kind: Partial<InvariantTestKind>;
  durationNs: bigint;
}

async function runSolidity(testFiles: string[]): Promise<Result> {
  const result = await hre.tasks.getTask(["test", "solidity"]).run({ testFiles, noCompile: true });
  const { suiteResults } = (result.success ? result.value : result.error) as {
    suiteResults: { id: { source: string }; testResults: SolidityResult[] }[];
  };
  const results = suiteResults.flatMap(({ testResults }) => testResults);
  const count = (wanted: string) => results.filter(({ status }) => status === wanted).length;
  // A run that breaks off is a failure even without a failed test.
  const broken = result.success ? count("Failure") : Math.max(count("Failure"), 1);
  const failed = results.reduce((sum, walk) => sum + (isCutShort(walk) ? 1 : 0), broken);
  const seconds: Record<string, number> = {};
  const failures: string[] = [];
  for (const { id, testResults } of suiteResults) {
    const file = id.source.replace(/^project\//, "");
    for (const { name, status, reason } of testResults) {
      if (status === "Failure") failures.push(`${file} ${name}: ${reason ?? "no reason given"}`);
    }
    const nanoseconds = testResults.reduce((sum, { durationNs }) => sum + Number(durationNs), 0);
    add(seconds, file, nanoseconds / 1e9);
  }
  return { passed: count("Success"), failed, skipped: count("Skipped"), failures, seconds };
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

async function runMocha(testFiles: string[]): Promise<Result> {
  const counted: Result = { passed: 0, failed: 0, skipped: 0, failures: [], seconds: {} };
  // Hardhat's own summary counts skipped tests as passed, so the runner's events are counted here.
  class Counting extends Mocha.reporters.Spec {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      runner.on("pass", () => counted.passed++);
      runner.on("fail", (test, error) => {
        counted.failed++;
        counted.failures.push(`${fromRoot(test.file ?? "")} ${test.fullTitle()}: ${error.stack ?? error}`);
      });
      runner.on("pending", () => counted.skipped++);
      let begun = 0;
      const isOfFile = (suite: Mocha.Suite) => suite.parent?.root === true && suite.file !== undefined;
      runner.on("suite", (suite) => {
        if (isOfFile(suite)) begun = performance.now();
      });
      runner.on("suite end", (suite) => {
        if (isOfFile(suite)) add(counted.seconds, fromRoot(suite.file!), (performance.now() - begun) / 1000);
      });
    }
  }
  hre.config.test.mocha.reporter = Counting;
  hre.config.test.mocha.forbidOnly = Boolean(process.env.CI);
  const result = await hre.tasks.getTask(["test", "mocha"]).run({ testFiles, noCompile: true });
  if (!result.success && counted.failed === 0) counted.failed = 1;
  return counted;
}

function add(seconds: Record<string, number>, file: string, more: number): void {
  seconds[file] = (seconds[file] ?? 0) + more;
}

function fromRoot(file: string): string {
  return relative(root, file).split(sep).join("/");
}

const [runner, resultFile, ...testFiles] = process.argv.slice(2);
if (resultFile === undefined) throw new Error("Usage: runSuite.ts solidity|mocha RESULT FILE...");
const result = runner === "solidity" ? await runSolidity(testFiles) : await runMocha(testFiles);
writeFileSync(resultFile, JSON.stringify(result));
// A test that leaves a timer or a socket open would keep the process alive.
process.exit(result.failed > 0 ? 1 : 0);
