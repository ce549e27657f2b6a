import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

/** What makes a float of an amount, or rounds one. */
const FLOATS: readonly [pattern: RegExp, instead: string][] = [
  [/\bparseFloat\b/, "parseDecimal of the sdk"],
  [/\.toFixed\(/, "the formats of web/words"],
  [/\bvalueAsNumber\b/, "the text of the field, and parseDecimal"],
  [/\bNumber\.parseFloat\b/, "parseDecimal of the sdk"],
  [/\/\s*1(?:0{2}|0{3}|0{6}|_000(?:_000)?)\b/, "bigint, or the formats of web/words"],
  [/\*\s*0\.\d/, "bigint and divideHalfUp"],
  [/\bNumber\((?![^)]*\))/, "a bigint, or one plain name in Number()"],
  [/\bNumber\([^)]*(?:[fF]en|amount|Amount|total|Total)\b/, "a bigint"],
];
/** Milliseconds, and dates written as numbers, are divided, too. */
const CLOCKS = /(Date\.now\(\)|_MS) \/ 1000|Math\.floor\(number \/ 100\)/;

/** The lines of a text that put an amount at risk. */
function floatsIn(text: string, name: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    if (CLOCKS.test(line) || /^\s*(\/\/|\*|\/\*\*)/.test(line)) return [];
    const found = FLOATS.find(([pattern]) => pattern.test(line));
    return found === undefined ? [] : [`${name}:${index + 1}: ${line.trim()}; write ${found[1]}`];
  });
}

describe("money and energy in the page", () => {
  it("never go through a float", () => {
    const files = globSync("web/**/*.{ts,tsx}", { cwd: root }).filter((file) => !/dist|\.d\.ts$/.test(file));
    expect(files.length).to.be.greaterThan(40);
    expect(files.flatMap((file) => floatsIn(readFileSync(join(root, file), "utf8"), file))).to.deep.equal([]);
  });

  it("are found where they would", () => {
    const bad = [
      "Number(totalFen) / 2",
      "fen / 100",
      "parseFloat(text)",
      "x.toFixed(2)",
      "wh * 0.25",
      "wh / 1_000_000",
    ];
    for (const line of bad) expect(floatsIn(line, "a.ts"), line).to.have.length(1);
    expect(floatsIn("Number(hour) * 60\nDate.now() / 1000\nmost / 10n ** 2n", "a.ts")).to.deep.equal([]);
  });
});
