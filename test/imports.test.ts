import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect } from "chai";
import { root } from "../scripts/root.ts";

/** What a network runs, and what shows it, develops it or tests it. */
const PRODUCT = ["sdk", "operator", "indexer", "scripts", "intake"];
const OTHERS = ["demo", "tools", "test", "bench"];

/** Rooms of the contracts: each knows those before it. */
const ROOMS = [
  ...["types", "access", "identity", "metering", "money", "energy", "debts", "market", "settlement", "finance"],
  ...["credit", "capital", "governance"],
];

/** Of the index: the same, but that every room adds to the counters of the KPIs, and that all of them are served. */
const INDEX_ROOMS = ["types", "kpi", ...ROOMS.filter((room) => room !== "types"), "api"];

interface Import {
  file: string;
  to: string;
}

describe("what a network runs", () => {
  it("imports nothing from what shows, develops or tests it", () => {
    const imports = PRODUCT.flatMap((folder) => importsIn(`${folder}/**/*.ts`));
    expect(imports.length).to.be.greaterThan(500);
    expect(imports.filter(({ to }) => OTHERS.includes(folders(to)[0] ?? ""))).to.deep.equal([]);
  });
});

describe("the contracts' imports", () => {
  const imports = importsIn("contracts/**/*.sol");
  itLeadsOneWay(imports, 150, (path) => ROOMS.indexOf(folders(path)[1] ?? ""));
});

describe("the index's imports", () => {
  const imports = importsIn("indexer/src/**/*.ts").filter(({ to }) => to.startsWith("indexer/src/"));
  itLeadsOneWay(imports, 100, (path) => INDEX_ROOMS.indexOf(folders(path)[2] ?? ""));
});

function itLeadsOneWay(imports: readonly Import[], atLeast: number, place: (path: string) => number): void {
  it("lead from rooms that are known to rooms before them", () => {
    expect(imports.length).to.be.greaterThan(atLeast);
    expect(imports.filter(({ file }) => place(file) < 0)).to.deep.equal([]);
    expect(imports.filter(({ file, to }) => place(to) > place(file))).to.deep.equal([]);
  });

  it("never lead back to where they began", () => {
    const next = new Map<string, string[]>();
    for (const { file, to } of imports) next.set(file, [...(next.get(file) ?? []), to]);
    const done = new Set<string>();
    const circle = (file: string, path: readonly string[]): readonly string[] => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return [];
      for (const to of next.get(file) ?? []) {
        const found = circle(to, [...path, file]);
        if (found.length > 0) return found;
      }
      done.add(file);
      return [];
    };
    expect([...next.keys()].map((file) => circle(file, [])).find((found) => found.length > 0)).to.equal(undefined);
  });
}

/** Every import of a file by its path, with paths from the root. */
function importsIn(pattern: string): Import[] {
  return globSync(pattern, { cwd: root, exclude: (name) => name === "node_modules" }).flatMap((found) => {
    const file = found.split("\\").join("/");
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)].map(([, to = ""]) => ({
      file,
      to: posix.join(posix.dirname(file), to),
    }));
  });
}

function folders(path: string): string[] {
  return path.split("/");
}
