/** `npm run lint`: style, linters, the description of the API, and types. Steps named as arguments run alone; `--fix` repairs what tools can repair. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/root.ts";
import { forbiddenIn } from "./forbidden.ts";
import { tool } from "./tool.ts";

const { values, positionals } = parseArgs({
  options: { fix: { type: "boolean", default: false } },
  allowPositionals: true,
});
const { fix } = values;

const solidity = globSync(["contracts/**/*.sol", "test/**/*.sol", "bench/**/*.sol"], { cwd: root });
const projects = [".", "indexer", "web"].filter((folder) => existsSync(join(root, folder, "tsconfig.json")));

/** Each step is a few commands, or a check of our own; one that exits with anything but 0, or says anything, fails it. */
const steps: Record<string, string[][] | (() => string[])> = {
  biome: [[tool("@biomejs/biome", "biome"), "check", "--error-on-warnings", ...(fix ? ["--write"] : [])]],
  prettier:
    solidity.length === 0 ? [] : [[tool("prettier"), fix ? "--write" : "--check", "--log-level=warn", ...solidity]],
  solhint: solidity.length === 0 ? [] : [[tool("solhint"), "--noPoster", "--disc", "--max-warnings=0", ...solidity]],
  api: [[tool("@redocly/cli", "redocly"), "lint", "operator/openapi.json"]],
  forbidden: () => solidity.flatMap((file) => forbiddenIn(file, readFileSync(join(root, file), "utf8"))),
  // The bindings that the types rest on are made by the build.
  types: [
    [tool("hardhat"), "build", "--no-tests", "--quiet"],
    ...projects.map((folder) => [tool("typescript", "tsc"), "--noEmit", "--project", folder]),
  ],
};

const names = positionals.length > 0 ? positionals : fix ? ["biome", "prettier", "solhint"] : Object.keys(steps);
const failed: string[] = [];
for (const name of names) {
  const commands = steps[name];
  if (commands === undefined)
    throw new Error(`There is no step ${name}; the steps are ${Object.keys(steps).join(", ")}.`);
  const begun = performance.now();
  const ok = typeof commands === "function" ? passes(commands()) : commands.every(succeeds);
  console.log(`${ok ? "ok    " : "FAILED"} ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  if (!ok) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}. "npm run format" repairs style.`);
  process.exitCode = 1;
}

function succeeds(args: string[]): boolean {
  // Redocly would report each run, and ask whether there is a newer one.
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return spawnSync(process.execPath, args, { cwd: root, env, stdio: "inherit" }).status === 0;
}

function passes(complaints: string[]): boolean {
  for (const complaint of complaints) console.error(complaint);
  return complaints.length === 0;
}
