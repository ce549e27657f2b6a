import { existsSync, globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "../../scripts/root.ts";

/**
 * A `.tree` beside a test file: roots such as `Receivables::repay`, under them branches (`given` a state, `when` something is
 * done) and leaves that say what it should do and, in brackets, which tests show it: functions of the test file, or a
 * behaviour that it inherits.
 */
export interface Tree {
  file: string;
  roots: string[];
  /** What leaves name, in brackets. */
  named: Set<string>;
  /** Where the drawing is broken, one sentence each. */
  faults: string[];
}

const ROOT = /^\w+(::\w+)?$/;
const NODE = /^((?:│ {3}| {4})*)([├└])── (.+)$/;
const BRANCH = /^(given|when) /;
const LEAF = /^it should .+ \[([^\]]+)\]$/;

export function readTrees(): Tree[] {
  return find("test/**/*.tree").map((file) => parse(file, readFileSync(join(root, file), "utf8")));
}

export function parse(file: string, text: string): Tree {
  const tree: Tree = { file, roots: [], named: new Set(), faults: [] };
  const lines = text.trimEnd().split("\n");
  for (const [index, line] of lines.entries()) {
    const fault = (what: string) => tree.faults.push(`${file}:${index + 1} ${what}.`);
    const next = depthOf(lines[index + 1] ?? "");
    if (line === "") continue;
    if (ROOT.test(line)) {
      tree.roots.push(line);
      if (next !== 1) fault("is a root without anything under it");
      continue;
    }
    const [, indent = "", corner = "", said = ""] = NODE.exec(line) ?? [];
    const depth = depthOf(line);
    if (depth === 0) {
      fault("is neither a root nor drawn as a branch of one");
      continue;
    }
    if ((corner === "└") !== isLast(lines, index, depth))
      fault("has the wrong corner: └ is for the last of its branch");
    for (let level = 1; level < depth; level++) {
      if ((indent[(level - 1) * 4] === " ") !== isLast(lines, index, level)) fault("has a line too many or too few");
    }
    const leaf = LEAF.exec(said);
    if (leaf) for (const name of (leaf[1] as string).split(", ")) tree.named.add(name);
    else if (!BRANCH.test(said)) fault('begins with neither "given", "when" nor "it should", or names no test');
    if (leaf ? next > depth : next !== depth + 1) {
      fault(leaf ? "is a leaf with something under it" : "is a branch without a leaf");
    }
  }
  return tree;
}

/** 0 for what is no node. */
function depthOf(line: string): number {
  const indent = NODE.exec(line)?.[1];
  return indent === undefined ? 0 : indent.length / 4 + 1;
}

/** Whether nothing follows at this level of the same branch. */
function isLast(lines: string[], index: number, level: number): boolean {
  const after = lines.slice(index + 1).find((line) => depthOf(line) <= level);
  return after === undefined || depthOf(after) < level;
}

export interface TestFile {
  file: string;
  tree: string;
  tests: string[];
  behaviours: string[];
}

/** Files whose tests are to be found in a tree: those of the rooms and the behaviours that rooms share. */
export function readTestFiles(): TestFile[] {
  const files = find("test/**/*.t.sol").filter((file) => !STORIES.test(file));
  return [...files, ...find("test/behaviours/*.sol")].map((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name as string);
    return {
      file,
      tree: file.replace(/(\.t)?\.sol$/, ".tree"),
      tests: all(/^ {4}function (test\w*)\(/gm),
      behaviours: all(/^import \{(\w+)\} from "\.\.\/behaviours\//gm),
    };
  });
}

export const isWritten = (file: string) => existsSync(join(root, file));

/** Days from one end to the other, and walks: they follow no function's branches. */
const STORIES = /^test\/(acceptance|invariant)\//;

const find = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => file.split(sep).join("/"))
    .sort();
