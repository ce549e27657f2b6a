import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "../../scripts/root.ts";
import { importsIn } from "../../tools/build/imports.ts";

/** Which files each file imports, within one floor. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Packages, and what is built. */
const NOT_OURS = new Set(["node_modules", "artifacts", "cache", "coverage", "typechain", "dist"]);
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

/** What the sources under a folder import of each other, types too. */
export function readImports(folder: string): Imports {
  const files = globSync(["**/*.ts", "**/*.tsx", "**/*.sol"], {
    cwd: join(root, folder),
    exclude: (name) => NOT_OURS.has(name),
  })
    .map((file) => file.split(sep).join("/"))
    .sort();
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const source = readFileSync(join(root, folder, file), "utf8").replace(COMMENT, "");
      return [file, [...new Set(importsIn(file, source))].filter((path) => known.has(path))];
    }),
  );
}

/** Files that import each other in a circle, the first one named again at the end; undefined if there are none. */
export function circleIn(imports: Imports): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    const begun = path.indexOf(file);
    if (begun >= 0) return [...path.slice(begun), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** The first folder of a path, or the name of a file that lies in none. */
export const roomOf = (file: string): string => (file.split("/")[0] ?? "").replace(/\.\w+$/, "");

/**
 * Imports that do not run down, in words.
 *
 * @param tiers rooms from the lowest up; those of one tier know nothing of each other
 */
export function importsThatRunUp(imports: Imports, tiers: readonly (readonly string[])[]): string[] {
  const tierOf = (room: string) => tiers.findIndex((rooms) => rooms.includes(room));
  return [...imports].flatMap(([file, imported]) => {
    const room = roomOf(file);
    if (tierOf(room) < 0) return [`${file} lies in a room that has no place yet`];
    return imported
      .filter((other) => roomOf(other) !== room && tierOf(roomOf(other)) >= tierOf(room))
      .map((other) => `${file} imports ${other}`);
  });
}
