import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { root } from "../../scripts/root.ts";
import { issueWords, says } from "../../sdk/types/issue.ts";

/** Where programs speak to people. */
const PLACES = "{sdk,intake,scripts,operator,demo}/**/*.ts";

/** Errors that no person sees: they are caught where they are thrown, or somebody changed the program and broke it. */
const FOR_DEVELOPERS: readonly [file: string, words: string][] = [
  ["demo/local/chainServer.ts", "Usage: chainServer.ts"],
  ["demo/local/indexer.ts", "it is at block"],
  ["demo/local/indexer.ts", "GraphQL did not answer"],
  ["operator/keeper/work.ts", "Being overdue is no call."],
  ["operator/metering/reporting.ts", "No batch holds a reading"],
  ["operator/service.ts", "The service was not started."],
  ["scripts/deploy/setup.ts", "has no function"],
  ["scripts/verify/onChain.ts", "has no event"],
  ["sdk/chain/client.ts", "Transactions are filled in without fees."],
  ["sdk/operator/watch.ts", "The stream fell silent."],
  ["sdk/wallets/clearCalls.ts", "Nothing says how a wallet shows"],
  ["sdk/wallets/clearSigning.ts", "Nothing says how a wallet shows"],
];

/** A text in both languages as it stands in a source: its pieces and what is put between them. */
interface Pair {
  where: string;
  en: Text;
  zh: Text;
}

interface Text {
  words: string;
  values: string[];
}

describe("words for people", () => {
  const files = globSync(PLACES, { cwd: root }).filter((file) => !/node_modules|\bdist\b/.test(file));
  const sources = files.map((file) =>
    ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true),
  );
  const pairs = sources.flatMap(pairsOf);

  it("stand in both languages beside each other", () => {
    expect(files.length).to.be.greaterThan(200);
    expect(pairs.length).to.be.greaterThan(800);
    const half = sources.flatMap((source) =>
      objectsOf(source).flatMap((object) => {
        const [en, zh] = [propertyOf(object, "en"), propertyOf(object, "zh")];
        return (en === undefined) === (zh === undefined) ? [] : [placeOf(object)];
      }),
    );
    expect(half).to.deep.equal([]);
  });

  it("hold the same values in either language", () => {
    const differing = pairs.filter(({ en, zh }) => !isSameSet(en.values, zh.values));
    expect(differing.map(({ where, en, zh }) => `${where}: ${en.values} | ${zh.values}`)).to.deep.equal([]);
  });

  it("are Chinese in Chinese, and not in English", () => {
    // Pieces of a sentence may be a mark, a number or a name.
    const foreign = pairs.filter(({ en, zh }) => /\p{Script=Han}/u.test(withoutNames(en.words)) || isEnglish(zh.words));
    expect(foreign.map(({ where, en, zh }) => `${where}: ${en.words} | ${zh.words}`)).to.deep.equal([]);
  });

  it("are what every error is made of", () => {
    const bare = sources.flatMap(bareErrorsOf);
    const unknown = bare.filter(
      ({ file, words }) => !FOR_DEVELOPERS.some(([known, part]) => known === file && words.includes(part)),
    );
    expect(
      unknown.map(({ where, words }) => `${where}: ${words}`),
      "throw a DujiangError with { en, zh }",
    ).to.deep.equal([]);
    const gone = FOR_DEVELOPERS.filter(
      ([file, part]) => !bare.some((found) => found.file === file && found.words.includes(part)),
    );
    expect(gone).to.deep.equal([]);
  });

  it("are said of every fault that a schema finds", () => {
    const path = ["field"];
    const issues = [
      { code: "invalid_type", expected: "int", path, message: "" },
      { code: "invalid_type", expected: "date", path, message: "" },
      { code: "invalid_value", values: ["a", 1], path, message: "" },
      { code: "unrecognized_keys", keys: ["b"], path, message: "" },
      { code: "too_small", minimum: 1, origin: "array", path, message: "" },
      { code: "too_big", maximum: 9, origin: "number", path, message: "" },
      { code: "invalid_union", path, message: "" },
      { code: "invented", path, message: "what a library says" },
      { code: "custom", path, message: says({ en: "is odd", zh: "为奇数" }) },
    ].map(issueWords);
    expect(issues.map(({ en }) => en)).to.deep.equal([
      "must be a whole number",
      "must be date",
      'must be "a" or 1',
      'has "b", which nothing reads: leave it out, or correct its name',
      "must be 1 entries at least",
      "must be 9 at most",
      "has none of the forms that are read here",
      "is not valid",
      "is odd",
    ]);
    for (const { zh } of issues) expect(zh).to.match(/\p{Script=Han}/u);
  });

  it("are found where they are wrong", () => {
    const wrong = ts.createSourceFile(
      "wrong.ts",
      `const [a, b] = [{ en: \`\${x} is \${y.en}\`, zh: \`\${x}为\${y.zh}\` }, { en: \`\${x}\`, zh: "无" }];
       throw new WrongError("no");
       throw new Error(text);`,
      ts.ScriptTarget.Latest,
      true,
    );
    expect(pairsOf(wrong).map(({ en, zh }) => isSameSet(en.values, zh.values))).to.deep.equal([true, false]);
    expect(bareErrorsOf(wrong)).to.have.length(2);
  });
});

function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function descendants(node: ts.Node, found: ts.Node[] = []): ts.Node[] {
  found.push(node);
  ts.forEachChild(node, (child) => void descendants(child, found));
  return found;
}

function objectsOf(source: ts.SourceFile): ts.ObjectLiteralExpression[] {
  return descendants(source).filter(ts.isObjectLiteralExpression);
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined {
  return object.properties.find((property) => property.name?.getText() === name);
}

/** Pairs whose texts are written out; what is computed is made of such pairs. */
function pairsOf(source: ts.SourceFile): Pair[] {
  return objectsOf(source).flatMap((object) => {
    const [en, zh] = ["en", "zh"].map((name) => textOf(propertyOf(object, name)));
    return en === undefined || zh === undefined ? [] : [{ where: placeOf(object), en, zh }];
  });
}

function textOf(property: ts.ObjectLiteralElementLike | undefined): Text | undefined {
  if (property === undefined || !ts.isPropertyAssignment(property)) return undefined;
  const { initializer } = property;
  if (ts.isStringLiteralLike(initializer)) {
    const values = [...initializer.text.matchAll(/\{(\w+)/g)].map(([, name = ""]) => name);
    return { words: initializer.text, values };
  }
  if (!ts.isTemplateExpression(initializer)) return undefined;
  const words = [initializer.head.text, ...initializer.templateSpans.map(({ literal }) => literal.text)].join(" ");
  return { words, values: initializer.templateSpans.flatMap(({ expression }) => namesIn(expression)) };
}

/** The names from which a value is computed, whichever language's it is. */
function namesIn(expression: ts.Expression): string[] {
  const words = new Set(["en", "zh", "undefined"]);
  const inner = descendants(expression).filter(ts.isIdentifier);
  return inner.map((name) => name.text).filter((name) => !words.has(name));
}

const isSameSet = (left: readonly string[], right: readonly string[]) =>
  JSON.stringify([...new Set(left)].sort()) === JSON.stringify([...new Set(right)].sort());

/** Names of fields, programs and files, and the unit, are the same in both languages. */
const withoutNames = (text: string) => text.replace(/都江|元|[“"][^”"]*[”"]/gu, "");

/** Two English words in a row outside of quotes, and nothing Chinese beside them. */
const isEnglish = (text: string) => /[a-z]{3,} [a-z]{2,}/i.test(withoutNames(text)) && !/\p{Script=Han}/u.test(text);

interface BareError {
  file: string;
  where: string;
  words: string;
}

/** Errors of a plain class, and any whose first argument is a text of one language. */
function bareErrorsOf(source: ts.SourceFile): BareError[] {
  return descendants(source)
    .filter(ts.isNewExpression)
    .filter(({ expression, arguments: [first] = [] as unknown as ts.NodeArray<ts.Expression> }) => {
      const name = expression.getText();
      if (/^(Error|RangeError|TypeError)$/.test(name)) return true;
      const isText = first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
      return /(Error|Refused|Refusal|Rejected|Wanting|WrongNetwork)$/.test(name) && isText;
    })
    .map((found) => ({ file: source.fileName, where: placeOf(found), words: found.getText() }));
}
