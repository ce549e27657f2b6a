/**
 * `npm test`: every test. `npm test -- --only WORD` runs the test files whose path contains WORD.
 *
 * Each suite is a process of its own, so that a crash of one is counted and the others still run; as many run at once as
 * there are cores. The last line is `N passed, N failed`.
 */
import { spawn, spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, sep } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { root } from "../scripts/root.ts";
import type { Counts } from "./testSuite.ts";
import { tool } from "./tool.ts";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const only = values.only;

const find = (...patterns: string[]) =>
  globSync(patterns, { cwd: root })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => only === undefined || file.includes(only))
    .sort();

/** Parts of the unit tests in TypeScript, so that no suite still runs long after the others. */
const PARTS = 3;
const typescript = find("test/**/*.test.ts");
const isAcceptance = (file: string) => file.startsWith("test/acceptance/");
const units = typescript.filter((file) => !isAcceptance(file));
const suites = [
  { name: "Solidity", runner: "solidity", files: find("test/**/*.t.sol", "contracts/**/*.t.sol") },
  ...Array.from({ length: PARTS }, (_, part) => ({
    name: `TypeScript ${part + 1}`,
    runner: "mocha",
    files: units.filter((_, i) => i % PARTS === part),
  })),
  { name: "Acceptance", runner: "mocha", files: typescript.filter(isAcceptance) },
].filter(({ files }) => files.length > 0);

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const troubles: string[] = [];

if (suites.length === 0) {
  troubles.push(only === undefined ? "There is no test file." : `No test file has "${only}" in its path.`);
} else if (build() !== 0) {
  total.failed += 1;
  troubles.push("The contracts do not compile.");
} else {
  const waiting = [...suites];
  await Promise.all(Array.from({ length: availableParallelism() }, () => runWaiting(waiting)));
}

console.log();
for (const trouble of troubles) console.error(trouble);
console.log(describe(total));
process.exitCode = total.failed > 0 || troubles.length > 0 ? 1 : 0;

function build(): number {
  const { status, signal } = spawnSync(process.execPath, [tool("hardhat"), "build", "--no-tests", "--quiet"], {
    cwd: root,
    stdio: "inherit",
  });
  if (signal === "SIGINT" || status === 130) process.exit(130);
  return status ?? 1;
}

async function runWaiting(waiting: typeof suites): Promise<void> {
  for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) {
    const begun = performance.now();
    console.log(`\n== ${suite.name} tests: ${suite.files.length} files`);
    const counts = await runSuite(suite);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`== ${suite.name} tests: ${describe(counts)} (${seconds} s)`);
  }
}

async function runSuite({ name, runner, files }: (typeof suites)[number]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "dujiang-test-"));
  const result = join(folder, "counts.json");
  try {
    const status = await run(name, ["--import", "tsx", join(root, "tools/testSuite.ts"), runner, result, ...files]);
    const counts = readCounts(result);
    if (counts === undefined || (status !== 0 && counts.failed === 0)) {
      troubles.push(`The ${name} tests ended without a result (exit code ${status}): counted as one failure.`);
      return { passed: counts?.passed ?? 0, failed: 1, skipped: counts?.skipped ?? 0 };
    }
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a suite; where several run, each line says whose it is. */
function run(name: string, args: string[]): Promise<number> {
  const output = suites.length === 1 ? "inherit" : "pipe";
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", output, output] });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface(stream).on("line", (line) => console.log(`${name} | ${line}`));
  }
  return new Promise((done) => {
    child.once("error", () => done(1));
    child.once("close", (code, signal) => {
      if (signal === "SIGINT" || code === 130) process.exit(130);
      done(code ?? 1);
    });
  });
}

function readCounts(file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Counts;
  } catch {
    return undefined;
  }
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
