/**
 * `npm run prove`: the compiler's SMTChecker proves what the contracts under test/proof assert, for every input: not a
 * sample of them. Fails if an assertion can be broken, if any sum in it can overflow, or if the solver cannot tell.
 */
import { globSync } from "node:fs";
import { basename, sep } from "node:path";
import { root } from "../scripts/root.ts";
import { type Compiled, compile, errorsOf, withImports } from "./mutate/compile.ts";

// No loops are proved, and without loops bounded checking (BMC) is complete. A time limit crashes the solver.
const CHECKER = {
  engine: "bmc",
  solvers: ["z3"],
  targets: ["assert", "overflow", "underflow", "divByZero"],
  showProvedSafe: true,
  showUnproved: true,
};
const SAFE = /BMC: .* check is safe!/;
const DOUBTFUL = /BMC: .*(happens|might happen) here/;

const only = process.argv[2] ?? "";
const files = globSync("test/proof/*.sol", { cwd: root }).map((file) => file.split(sep).join("/"));
let proved = 0;
let failures = 0;
for (const file of files.filter((name) => name.includes(only)).sort()) {
  const begun = performance.now();
  const name = basename(file, ".sol");
  const contracts = { [file]: [name] };
  const result = compile(withImports(root, [file]), { modelChecker: { ...CHECKER, contracts } });
  const messages = result.errors ?? [];
  const safe = messages.filter((message) => SAFE.test(message.formattedMessage));
  const doubtful = [...errorsOf(result), ...messages.filter((message) => DOUBTFUL.test(message.formattedMessage))];
  for (const { formattedMessage } of doubtful) console.error(formattedMessage);
  // Proved of nothing at all is no proof: the checker also falls silent where it does not understand.
  const asserted = assertionsIn(safe, file);
  const written = withImports(root, [file])[file]?.match(/\bassert\(/g)?.length ?? 0;
  if (doubtful.length === 0 && asserted !== written) {
    console.error(`${file}: only ${asserted} of ${written} assertions were proved, without a word about the others.`);
  }
  const isProved = doubtful.length === 0 && asserted === written;
  proved += asserted;
  failures += isProved ? 0 : 1;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${isProved ? "proved" : "FAILED"} ${name}: ${asserted} of ${written} assertions (${seconds} s)`);
}
console.log(`${proved} assertions proved${failures === 0 ? "" : `, ${failures} files failed`}.`);
process.exit(failures === 0 ? 0 : 1);

function assertionsIn(messages: NonNullable<Compiled["errors"]>, file: string): number {
  const isAssertion = (text: string) => text.includes("Assertion violation");
  const places = messages
    .filter(({ formattedMessage, sourceLocation }) => isAssertion(formattedMessage) && sourceLocation?.file === file)
    .map(({ sourceLocation }) => sourceLocation?.start);
  return new Set(places).size;
}
