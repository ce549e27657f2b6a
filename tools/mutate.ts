/**
 * `npm run mutate`: makes one small mistake after the other in the contracts and sees whether a test notices. Writes
 * docs/mutation.md. May be interrupted at any time: the next run continues where it ended.
 *
 *   --only WORD    mutants of files whose path contains WORD
 *   --sample N     so many of them, drawn by a fixed seed
 *   --check        judges the written results alone: enough killed, every survivor explained, the page up to date
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/root.ts";
import { pageOf } from "./mutate/page.ts";
import { FILES, problemsOf, readReasons, readResults } from "./mutate/results.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, sample: { type: "string" }, check: { type: "boolean" } },
});

if (!values.check) {
  const { run } = await import("./mutate/run.ts");
  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
    say("Stopping after this mutant");
  });
  const { results, unneeded } = await run(root, {
    ...(values.only !== undefined && { only: values.only }),
    ...(values.sample !== undefined && { sample: Number(values.sample) }),
    say,
    isStopped: () => stopped,
  });
  writeFileSync(join(root, FILES.results), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(root, FILES.page), pageOf(results, readReasons(root)));
  console.log();
  for (const { file, where, original, mutated } of unneeded(readReasons(root))) {
    console.log(
      `Take the reason out of ${FILES.reasons}: ${file}, ${where}, ${original} -> ${mutated} is killed or gone.`,
    );
  }
}

const results = readResults(root);
const problems = problemsOf(results, readReasons(root));
if (readFileSync(join(root, FILES.page), "utf8") !== pageOf(results, readReasons(root))) {
  problems.push(`${FILES.page} does not say what ${FILES.results} and ${FILES.reasons} say: run \`npm run mutate\`.`);
}
for (const problem of problems) console.error(problem);
const tried = results.files.reduce((sum, file) => sum + file.tried, 0);
console.log(`${tried} mutants tried, ${results.survivors.length} survive (${FILES.page}).`);
// The compiler and the test runner keep the process alive.
process.exit(problems.length === 0 ? 0 : 1);

function say(step: string): void {
  if (!process.stdout.isTTY) console.log(step);
  else process.stdout.write(`\r\x1b[2K${step.slice(0, process.stdout.columns - 1)}`);
}
