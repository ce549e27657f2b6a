/**
 * `npm run bench:gas`: gas of what the platform is used for, beside peers measured on the same work, into
 * bench/results/gas.json. `-- --check` writes nothing and fails when a figure rose by more than 2 %.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { root } from "../scripts/root.ts";
import { type Figures, measure } from "./gas/figures.ts";
import { printTable } from "./gas/table.ts";

const TOLERANCE = 1.02;
const file = join(root, "bench", "results", "gas.json");
const { check } = new Command("bench:gas").option("--check", "compare with the committed figures").parse().opts<{
  check?: boolean;
}>();

const committed: Partial<Figures> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const figures = await measure((step) => console.error(`  ${step}`));
printTable(figures, committed);

if (check === true) {
  const risen = Object.entries(figures).filter(
    ([key, gas]) => gas > (committed[key as keyof Figures] ?? 0) * TOLERANCE,
  );
  for (const [key, gas] of risen) {
    const before = committed[key as keyof Figures] ?? "nothing";
    console.error(`${key} rose from ${before} to ${gas}: make it cheaper, or commit what "npm run bench:gas" writes.`);
  }
  process.exitCode = risen.length === 0 ? 0 : 1;
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
