import { byFolder, equivalentIn, keyOf, LEAST_PERCENT, percentOf, type Reason, type Results } from "./results.ts";

/** docs/mutation.md out of the results and the reasons. */
export function pageOf({ files, survivors }: Results, reasons: Reason[]): string {
  const tried = sum(files.map((file) => file.tried));
  const killed = sum(files.map((file) => file.killed));
  const all = sum(files.map((file) => file.mutants));
  const drawn = `${tried} of ${all}, drawn by a fixed seed (--sample ${tried})`;
  const extent = tried === all ? `all ${all}` : drawn;
  const reasonOf = new Map(reasons.map((reason) => [keyOf(reason), reason]));
  const equivalentOf = (path: string) => equivalentIn(path, survivors, reasons);

  const lines = [
    "<!-- Written by `npm run mutate`; the reasons are in tools/mutate/reasons.json. -->",
    "# Mutation testing",
    "",
    "`npm run mutate` makes one small mistake after the other in the contracts (a mutant) and runs the tests that reach it;",
    "a mutant that fails a test is killed. Mistakes are: `+` for `-` and the like, `<` for `<=`, a comparison turned round, a",
    "condition or an operand of one always true or always false, a number or named constant one more or less, a statement left",
    "out, `restricted` or `nonReentrant` left out, neighbouring arguments of one type swapped. Inline assembly is left alone.",
    "",
    "All mutants are compiled into one build, each behind a switch that is set in the bytecode before a run, so that a mutant",
    "takes about a second. Only Solidity tests run: those of the mutant's own folder, then whatever else reaches it, invariants",
    `with short walks included. Verdicts are kept in \`cache/mutation\`: an interrupted run goes on where it ended. At least ${LEAST_PERCENT} %`,
    "of each folder, equivalent ones apart, are expected; `npm run mutate -- --check` judges this page alone, without a run.",
    "",
    "| | mutants | tried | equivalent | killed | of those that are not equivalent |",
    "|--|--:|--:|--:|--:|--:|",
  ];
  for (const [folder, result] of byFolder(files)) {
    lines.push(row(`**${folder}**`, result, equivalentOf(folder)));
    for (const file of files)
      if (file.file.startsWith(`${folder}/`))
        lines.push(row(file.file.slice(folder.length + 1), file, equivalentOf(file.file)));
  }
  lines.push(row("**all**", { mutants: all, tried, killed }, equivalentOf("")));
  lines.push(
    "",
    "## Survivors",
    "",
    `Tried: ${extent}. ${survivors.length} survive; ${equivalentOf("")} of them are equivalent: they do the same as the original wherever they can be`,
    "reached, so no test can tell the difference. Code that changed since the last run is judged by the next.",
  );
  for (const file of new Set(survivors.map((survivor) => survivor.file))) {
    lines.push("", `### ${file}`, "", "| in | original | mutant | why it survives |", "|--|--|--|--|");
    for (const survivor of survivors) {
      if (survivor.file !== file) continue;
      const reason = reasonOf.get(keyOf(survivor));
      const why = reason ? `${reason.equivalent ? "Equivalent: " : ""}${reason.reason}` : "no reason given";
      const where = `${survivor.where.replace(/^.*\./, "")}${survivor.occurrence > 1 ? ` (${survivor.occurrence})` : ""}`;
      lines.push(`| ${where} | ${code(survivor.original)} | ${code(survivor.mutated)} | ${cell(why)} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function row(name: string, result: { mutants: number; tried: number; killed: number }, equivalent: number): string {
  const { mutants, tried, killed } = result;
  const percent = tried === 0 ? "" : `${percentOf(result, equivalent).toFixed(1)} %`;
  return `| ${name} | ${mutants} | ${tried} | ${equivalent} | ${killed} | ${percent} |`;
}

function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" ? "(left out)" : `\`${cell(line)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
