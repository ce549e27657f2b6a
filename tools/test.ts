/**
 * `npm test`: every test.
 *
 *   --only WORD         the test files whose path contains WORD
 *   --changed [BASE]    the test files that a change can break: what differs from BASE, or from the last commit
 *   --record            notes how long each file took, by which files are shared out to the cores
 *
 * Each suite is a process of its own, so that a crash of one is counted and the others still run; as many run at once as
 * there are cores. The last line is `N passed, N failed`.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, sep } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { root } from "../scripts/root.ts";
import { budgetLines, type Kind } from "./test/budget.ts";
import { changedSince, choose, readProject } from "./test/reach.ts";
import type { Counts, Result } from "./test/runSuite.ts";
import { readSeconds, SECONDS, type Seconds, type Suite, suitesOf } from "./test/suites.ts";
import { tool } from "./tool.ts";

const SOLIDITY_TESTS = "{test,contracts}/**/*.t.sol";
/** The walks of invariants say nothing for six minutes, for longer where the machine has more to do. */
const SILENT_MINUTES = 25;

const { values, positionals } = parseArgs({
  options: { only: { type: "string" }, changed: { type: "boolean" }, record: { type: "boolean" } },
  allowPositionals: true,
});
const { only } = values;
const [base, ...surplus] = positionals;
const isMistaken = surplus.length > 0 || (base !== undefined && !values.changed);

const files = (values.changed ? changed() : find("test/**/*.test.ts", SOLIDITY_TESTS)).filter(
  (file) => only === undefined || file.includes(only),
);
const measured = readSeconds(root);
const suites = suitesOf(files, kindOf, measured);

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const minutes = new Map<Kind, number>();
const taken: Record<string, number> = {};
const troubles: string[] = [];
const failures: string[] = [];

if (isMistaken) {
  troubles.push(
    `${positionals.join(" ")} is not understood: a word in a path goes after --only, a commit after --changed.`,
  );
} else if (suites.length === 0) {
  if (only !== undefined) troubles.push(`No test file has "${only}" in its path.`);
  else if (!values.changed) troubles.push("There is no test file.");
} else if (build() !== 0) {
  total.failed += 1;
  troubles.push("The contracts do not compile.");
} else {
  const waiting = [...suites];
  await Promise.all(Array.from({ length: availableParallelism() }, () => runWaiting(waiting)));
}
if (values.record) record();

console.log();
for (const failure of failures) console.error(`Failed: ${failure}\n`);
for (const line of budgetLines(minutes)) console.log(line);
for (const trouble of troubles) console.error(trouble);
console.log(describe(total));
process.exitCode = total.failed > 0 || troubles.length > 0 ? 1 : 0;

function find(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root })
    .map((file) => file.split(sep).join("/"))
    .sort();
}

function kindOf(file: string): Kind {
  if (file.endsWith(".sol")) return "Solidity";
  return /from "[./]+\/utils\/chromium\.ts"/.test(readFileSync(join(root, file), "utf8")) ? "browser" : "TypeScript";
}

/** The test files to run for what changed, which it prints with the reasons. */
function changed(): string[] {
  if (isMistaken) return [];
  const { tests, because } = choose(changedSince(base, root), readProject(root));
  const since = base === undefined ? "the last commit" : base;
  console.log(`Changed since ${since}: ${because.size} files, for which ${tests.length} test files run.`);
  for (const [file, reason] of because) console.log(`  ${file}: ${reason}`);
  return tests;
}

/** Compiles once what the suites are going to run. */
function build(): number {
  const solidity = files.filter((file) => kindOf(file) === "Solidity");
  const steps =
    solidity.length === find(SOLIDITY_TESTS).length
      ? [[]]
      : [["--no-tests"], ...(solidity.length > 0 ? [["--no-contracts", ...solidity]] : [])];
  for (const step of steps) {
    const { status, signal } = spawnSync(process.execPath, [tool("hardhat"), "build", "--quiet", ...step], {
      cwd: root,
      stdio: "inherit",
    });
    if (signal === "SIGINT" || status === 130) process.exit(130);
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

async function runWaiting(waiting: Suite[]): Promise<void> {
  for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) {
    const begun = performance.now();
    console.log(`\n== ${suite.name} tests: ${suite.files.length} files`);
    const counts = await runSuite(suite);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const seconds = (performance.now() - begun) / 1000;
    minutes.set(suite.kind, (minutes.get(suite.kind) ?? 0) + seconds);
    console.log(`== ${suite.name} tests: ${describe(counts)} (${seconds.toFixed(1)} s)`);
  }
}

async function runSuite({ name, kind, files }: Suite): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "dujiang-test-"));
  const resultFile = join(folder, "result.json");
  const runner = kind === "Solidity" ? "solidity" : "mocha";
  try {
    const program = ["--import", "tsx", join(root, "tools/test/runSuite.ts")];
    const status = await run(name, [...program, runner, resultFile, ...files]);
    const result = readResult(resultFile);
    Object.assign(taken, result?.seconds);
    failures.push(...(result?.failures ?? []));
    if (result === undefined || (status !== 0 && result.failed === 0)) {
      troubles.push(`The ${name} tests ended without a result (exit code ${status}): counted as one failure.`);
      return { passed: result?.passed ?? 0, failed: 1, skipped: result?.skipped ?? 0 };
    }
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a suite; where several run, each line says whose it is, and one that has stopped for good is ended. */
function run(name: string, args: string[]): Promise<number> {
  const output = suites.length === 1 ? "inherit" : "pipe";
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", output, output] });
  let last = "nothing";
  const silence = setTimeout(() => {
    troubles.push(`The ${name} tests were ended: for ${SILENT_MINUTES} minutes they said nothing after "${last}".`);
    child.kill("SIGKILL");
  }, SILENT_MINUTES * 60_000);
  if (output === "inherit") clearTimeout(silence);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface(stream).on("line", (line) => {
      if (line.trim() !== "") last = line.trim();
      silence.refresh();
      console.log(`${name} | ${line}`);
    });
  }
  return new Promise((done) => {
    child.once("error", () => done(1));
    child.once("exit", (code, signal) => {
      clearTimeout(silence);
      if (signal === "SIGINT" || code === 130) process.exit(130);
      const end = () => done(code ?? 1);
      child.once("close", end);
      // A process that a test left behind holds the pipes open.
      setTimeout(end, 5_000).unref();
    });
  });
}

function readResult(file: string): Result | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Result;
  } catch {
    return undefined;
  }
}

/** Keeps what was measured of files that did not run and are still there. */
function record(): void {
  const known = Object.entries({ ...measured, ...taken }).filter(([file]) => existsSync(join(root, file)));
  const rounded = known.map(([file, seconds]) => [file, Math.max(0.1, Math.round(seconds * 10) / 10)] as const);
  const sorted: Seconds = Object.fromEntries(rounded.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(root, SECONDS), `${JSON.stringify(sorted, null, 2)}\n`);
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
