/** Which test files a change can break: those that reach a changed file by imports, or by naming its path. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { importsIn } from "../build/imports.ts";

/** The project as it is: path from the root -> text, of every file that git keeps or would keep. */
export type Project = ReadonlyMap<string, string>;

export interface Choice {
  /** The test files, sorted. */
  tests: string[];
  /** For each changed file, how many test files reach it, or why that does not matter. */
  because: Map<string, string>;
}

const isCode = (file: string) => /\.(ts|mjs|sol)$/.test(file);
const isTest = (file: string) => /^test\/.*\.test\.ts$|\.t\.sol$/.test(file);

/** What every test rests on. */
const FOUNDATIONS = [
  /^(package(-lock)?|tsconfig)\.json$/,
  /^hardhat\.config\.ts$/,
  /^tools\/(build|test)\//,
  /^tools\/(tool\.ts|test\.ts|launch\.mjs)$/,
];
/** What is read by people or by the tools that check style; tests that read the repository as it is run all the same. */
const UNTESTED = [
  /\.md$/,
  /\.tree$/,
  /^\.(ci|gitignore|dockerignore|prettierrc|solhint)/,
  /^biome\.json$/,
  /^bench\/results\//,
];

/** A test that looks for files reads the repository as it is. */
const READS_EVERYTHING = /^import \{[^}]*\bglobSync\b/m;

/** Uses that no import shows: what uses a folder. */
const HIDDEN_USES: { by: (file: string, text: string) => boolean; of: string }[] = [
  // Contracts are deployed by their artifacts, and called by generated bindings.
  {
    by: (file, text) => !file.startsWith("tools/") && /from "(hardhat|[./]+types\/typechain)/.test(text),
    of: "contracts",
  },
  { by: (file) => file === "test/utils/Deploy.sol", of: "contracts" },
  // Ponder is started in its folder.
  { by: (file) => file === "demo/local/indexer.ts", of: "indexer" },
];

export function choose(changed: readonly string[], project: Project): Choice {
  const tests = [...project.keys()].filter(isTest);
  const users = usersIn(project);
  const always = tests.filter((file) => READS_EVERYTHING.test(project.get(file) ?? ""));
  const chosen = new Set(changed.length > 0 ? always : []);
  const because = new Map<string, string>();
  for (const file of changed) {
    const reached = testsThatReach(file, users, tests);
    const isKnown = isCode(file) || reached.length > 0 || UNTESTED.some((pattern) => pattern.test(file));
    const isFoundation = FOUNDATIONS.some((pattern) => pattern.test(file));
    for (const test of isFoundation || !isKnown ? tests : reached) chosen.add(test);
    because.set(
      file,
      isFoundation
        ? "all tests rest on it"
        : isKnown
          ? counted(reached.length)
          : "nothing says who reads it, so all tests run",
    );
  }
  return { tests: [...chosen].sort(), because };
}

function counted(count: number): string {
  return count === 0 ? "no test reaches it" : count === 1 ? "1 test file reaches it" : `${count} test files reach it`;
}

function testsThatReach(file: string, users: ReadonlyMap<string, ReadonlySet<string>>, tests: string[]): string[] {
  const reached = new Set([file]);
  for (const used of reached) {
    for (const user of users.get(used) ?? []) reached.add(user);
  }
  return tests.filter((test) => reached.has(test));
}

/** File -> the files that use it. A file that is gone has users, too. */
function usersIn(project: Project): Map<string, Set<string>> {
  const places = placesIn(project);
  const users = new Map<string, Set<string>>();
  for (const [user, text] of project) {
    if (!isCode(user)) continue;
    const hidden = HIDDEN_USES.filter(({ by }) => by(user, text)).flatMap(({ of }) => places.get(of) ?? []);
    for (const used of [...usesIn(user, text, places), ...hidden]) {
      const known = users.get(used) ?? new Set();
      users.set(used, known.add(user));
    }
  }
  return users;
}

/** Path of a file or folder -> the files there. */
function placesIn(project: Project): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const file of project.keys()) {
    for (let place = file; place !== "."; place = posix.dirname(place)) {
      places.set(place, [...(places.get(place) ?? []), file]);
    }
  }
  return places;
}

/** The files that a file imports, and those it names: by a path from itself or from the root, or by their folder. */
function usesIn(user: string, text: string, places: ReadonlyMap<string, string[]>): string[] {
  const from = posix.dirname(user);
  const joined = [...text.matchAll(/\broot((?:, "[^"]+")+)/g)].map(([, parts = ""]) =>
    parts.slice(', "'.length, -1).replaceAll('", "', "/"),
  );
  const written = [...text.matchAll(/["`]([^"`\n]*\/[^"`\n]*)["`]/g)].flatMap(([, path = ""]) => {
    const known = path.replace(/^\$\{root\}\//, "").replace(/[$*{].*/, "");
    return known.includes("/") ? [posix.normalize(known), posix.join(from, known)] : [];
  });
  // The sdk names contracts, and reads no files of the project.
  const named = (user.startsWith("sdk/") ? [] : [...joined, ...written]).map((path) => path.replace(/\/$/, ""));
  return [...importsIn(user, text), ...named.flatMap((path) => places.get(path) ?? [])];
}

/** What differs from `base` in the working tree, new files included; without one, from the last commit. */
export function changedSince(base: string | undefined, root: string): string[] {
  const differing = git(root, "diff", "--name-only", "--no-renames", "-z", base ?? "HEAD", "--");
  const added = git(root, "ls-files", "--others", "--exclude-standard", "-z");
  return [...new Set([...differing, ...added])].sort();
}

export function readProject(root: string): Project {
  const files = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z");
  return new Map(
    files
      .map((file) => [file, read(join(root, file))])
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function git(cwd: string, ...args: string[]): string[] {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`git cannot tell what changed: ${stderr.trim().split("\n")[0]}`);
  return stdout.split("\0").filter((file) => file !== "");
}
