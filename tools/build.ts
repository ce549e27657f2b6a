/**
 * `npm run build`: compiles the contracts and their tests, then prints how many bytes each contract has left. Fails where
 * fewer than 500 are. Arguments are those of `hardhat build`.
 */
import { spawnSync } from "node:child_process";
import { root } from "../scripts/root.ts";
import { readSizes, sizeProblems, sizeTable } from "./build/sizes.ts";
import { tool } from "./tool.ts";

const build = spawnSync(process.execPath, [tool("hardhat"), "build", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
if (build.status !== 0) process.exit(build.status ?? 1);

const sizes = readSizes(root);
const problems = sizeProblems(sizes);
console.log(`\n${sizeTable(sizes)}`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
