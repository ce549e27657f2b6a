/**
 * `npm run coverage`: the Solidity tests over instrumented contracts; prints the line coverage of `contracts/` and every
 * line that no test reaches. Fails below 98 %.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createHardhatRuntimeEnvironment, importUserConfig } from "hardhat/hre";
import { root } from "../scripts/root.ts";

const LEAST_PERCENT = 98;
// For tests of what something costs.
process.env.DUJIANG_COVERAGE = "1";

// Instrumented code beside the real one, so that nothing deploys it by mistake.
const folder = join(root, "coverage");
const paths = { artifacts: join(folder, "artifacts"), cache: join(folder, "cache") };
const hre = await createHardhatRuntimeEnvironment(
  { ...(await importUserConfig(join(root, "hardhat.config.ts"))), paths, typechain: { outDir: join(folder, "types") } },
  { coverage: true },
  root,
);
await hre.tasks.getTask("build").run({ noTests: true, quiet: true });
const tests = await hre.tasks.getTask(["test", "solidity"]).run({ noCompile: false });

let lines = 0;
const missed: string[] = [];
let file = "";
for (const line of readFileSync(join(folder, "lcov.info"), "utf8").split("\n")) {
  if (line.startsWith("SF:")) file = line.slice("SF:".length);
  const [number, hits] = line.startsWith("DA:") ? line.slice("DA:".length).split(",") : [];
  if (number === undefined || !file.startsWith("contracts/")) continue;
  lines += 1;
  if (hits === "0") missed.push(`${file}:${number} ${textOf(file, Number(number))}`);
}

const percent = (100 * (lines - missed.length)) / lines;
console.log(`\nLine coverage of contracts/: ${percent.toFixed(2)} % of ${lines} lines`);
for (const line of missed) console.log(`  not reached: ${line}`);
if (percent < LEAST_PERCENT) console.error(`At least ${LEAST_PERCENT} % are expected.`);
process.exit(tests.success && percent >= LEAST_PERCENT ? 0 : 1);

function textOf(source: string, line: number): string {
  return readFileSync(join(root, source), "utf8").split("\n")[line - 1]?.trim() ?? "";
}
