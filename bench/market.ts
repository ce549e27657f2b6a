/**
 * `npm run bench:market`: how fast the operator clears, pairs and checks, beside peers on the same stream, into
 * bench/results/market.json. Figures named as arguments are measured alone, the others keep what was written before.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { root } from "../scripts/root.ts";
import type { Measured } from "./market/figure.ts";
import { FIGURES } from "./market/figures.ts";
import { misses, printFigure } from "./market/table.ts";

const file = join(root, "bench", "results", "market.json");
const command = new Command("bench:market").argument("[figure...]", "figures to measure; all without").parse();
const known = FIGURES.map(({ name }) => name);
const unknown = command.args.find((name) => !known.includes(name));
if (unknown !== undefined) throw new Error(`There is no figure ${unknown}; the figures are ${known.join(", ")}.`);

const committed: Record<string, Measured> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const results: Record<string, Measured> = {};
for (const name of known) {
  const before = committed[name];
  if (command.args.length > 0 && !command.args.includes(name)) {
    if (before !== undefined) results[name] = before;
    continue;
  }
  const measured = measureAlone(name);
  results[name] = measured;
  printFigure(name, measured, before);
  if (misses(measured)) process.exitCode = 1;
}
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(results, rounded, 2)}\n`);

/** Each figure has a process of its own, so that the memory and the warmed-up code of one do not show in another. */
function measureAlone(name: string): Measured {
  const one = join(import.meta.dirname, "market", "one.ts");
  const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, one, name], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${name} could not be measured: what it wrote stands above.`);
  return JSON.parse(stdout) as Measured;
}

function rounded(_key: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(4));
}
