import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/root.ts";

/** Pages that name files: how to work here, and what each room of the contracts is. */
const PAGES = ["CONTRIBUTING.md", "contracts/README.md", ...globSync("contracts/*/README.md", { cwd: root }).sort()];

describe("CONTRIBUTING.md and the READMEs of the rooms", () => {
  it("are there for every room of the contracts", () => {
    const rooms = globSync("contracts/*/", { cwd: root }).map((folder) => normalize(join(folder, "README.md")));
    expect(rooms).to.have.length.greaterThan(10);
    expect(rooms.filter((page) => !PAGES.includes(page))).to.deep.equal([]);
  });

  it("name files and folders that exist, unless a change adds them", () => {
    const named = PAGES.flatMap((page) => pathsIn(page));
    expect(named).to.have.length.greaterThan(120);
    expect(named.filter(({ page, path }) => !isThere(page, path)).map(said)).to.deep.equal([]);
  });

  it("mark as new only what does not exist", () => {
    const added = PAGES.flatMap((page) => pathsIn(page, "new"));
    expect(added).to.have.length.greaterThan(15);
    expect(added.filter(({ path }) => existsSync(join(root, path))).map(said)).to.deep.equal([]);
  });

  it("describe ten changes", () => {
    const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
    const changes = [...page.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));
    expect(changes).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("lead by links to pages that exist", () => {
    const links = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => ({ page, path })),
    );
    expect(links).to.have.length.greaterThan(10);
    expect(links.filter(({ page, path }) => !existsSync(join(root, dirname(page), path))).map(said)).to.deep.equal([]);
  });
});

interface Named {
  page: string;
  path: string;
}

const read = (page: string) => readFileSync(join(root, page), "utf8");
const said = ({ page, path }: Named) => `${page}: ${path}`;

/** Paths between backquotes: what has a folder in it, without placeholders. Only a path from the root can be new. */
function pathsIn(page: string, kind: "old" | "new" = "old"): Named[] {
  return [...read(page).matchAll(/`([\w.@-]+(?:\/[\w.@*-]*)+|[\w-]+\.(?:ts|sol|md|tsv|json))`(\s\(new\))?/g)]
    .filter(([, , isNew]) => (isNew !== undefined) === (kind === "new"))
    .map(([, path = ""]) => ({ page, path }));
}

/** From the root, from the page's own folder, or, a name alone such as `parts/` or `schema.ts`, somewhere in the product. */
function isThere(page: string, path: string): boolean {
  const folder = dirname(page);
  if ([path, join(folder, path)].some((place) => existsSync(join(root, place)))) return true;
  if (path.includes("*")) return globSync(path, { cwd: root }).length > 0;
  return /^[\w.-]+\/?$/.test(path) && globSync(`{contracts,sdk,indexer,operator}/**/${path}`, { cwd: root }).length > 0;
}
