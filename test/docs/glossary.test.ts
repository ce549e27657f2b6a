import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

/** A word that the glossary replaces by another. */
interface Forbidden {
  term: string;
  instead: string;
  pattern: RegExp;
}

/** Where people write: sources, tests, documents, and texts that are generated from them. */
const PLACES = [
  "{contracts,sdk,indexer/src,operator,intake,demo,scripts,tools,bench,data,test,docs,deployments}/**/*.{sol,ts,mjs,md,tree}",
  "sdk/erc7730/*.json",
  "indexer/*.{ts,md,graphql}",
  "*.md",
];
/** This test names what it forbids; figures of mutation are written by a tool. */
const LEFT_OUT = ["test/docs/glossary.test.ts", "docs/mutation.md"];

describe("docs/glossary.tsv", () => {
  const [head = [], ...rows] = readFileSync(join(root, "docs/glossary.tsv"), "utf8")
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t"));
  const column = (name: string) => head.indexOf(name);
  const forbidden = rows.flatMap(forbiddenOf);

  /** English as whole words in either case, across the space of one line; Chinese wherever it stands. */
  function forbiddenOf(row: string[]): Forbidden[] {
    const term = row[0] ?? "";
    const of = (name: string) => (row[column(name)] ?? "").split(";").filter((entry) => entry !== "");
    const english = of("not (en)").map((entry) => ({
      term,
      instead: row[column("en")] ?? "",
      pattern: new RegExp(`(?<![\\w-])(?:${entry})(?![\\w-])`, "i"),
    }));
    const chinese = of("not (zh)").map((entry) => ({
      term,
      instead: row[column("zh")] ?? "",
      pattern: new RegExp(entry, "u"),
    }));
    return [...english, ...chinese];
  }

  /** The forbidden words of a text, each with its line. */
  function findIn(text: string, name: string): string[] {
    return text
      .split("\n")
      .flatMap((line, i) =>
        forbidden
          .filter(({ pattern }) => pattern.test(line))
          .map(
            ({ term, instead, pattern }) =>
              `${name}:${i + 1}: "${pattern.exec(line)?.[0]}", write "${instead}" (${term})`,
          ),
      );
  }

  it("has one row a term, each with a word in both languages", () => {
    expect(head.slice(0, 3)).to.deep.equal(["term_id", "zh", "en"]);
    expect(new Set(rows.map(([term]) => term)).size).to.equal(rows.length);
    for (const row of rows) expect(row, row[0]).to.have.length(head.length);
    expect(rows.filter(([term, zh, en]) => term !== "plain.english" && (zh === "" || en === ""))).to.deep.equal([]);
  });

  it("forbids none of its own words", () => {
    const own = rows.map((row) => `${row[1]}\n${row[2]}`).join("\n");
    expect(findIn(own, "glossary")).to.deep.equal([]);
  });

  it("finds what it forbids, and only whole words", () => {
    expect(findIn("The shortfall charge", "a")).to.have.length(1);
    expect(findIn("Whoever reckons", "a")).to.have.length(2);
    expect(findIn("缴纳保证金", "a")).to.have.length(1);
    expect(findIn("缴纳履约保证金，追加交易保证金", "a")).to.deep.equal([]);
    expect(findIn("订单簿", "a")).to.deep.equal([]);
    expect(findIn("beckoning", "a")).to.deep.equal([]);
    expect(findIn("An event tells of a trade", "a")).to.have.length(1);
    expect(findIn("tell one from another, or tell its operator", "a")).to.deep.equal([]);
  });

  it("is kept by sources, tests and documents, in both languages", () => {
    const files = globSync(PLACES, { cwd: root }).filter(
      (file) => !/node_modules|\bdist\b/.test(file) && !LEFT_OUT.includes(file),
    );
    expect(files.length).to.be.greaterThan(300);
    expect(files.flatMap((file) => findIn(readFileSync(join(root, file), "utf8"), file))).to.deep.equal([]);
  });
});
