import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tool } from "../../tools/tool.ts";
import { LocalProcess } from "./process.ts";

/** What the page is built from. */
const SOURCES = [
  "web/**/*",
  "sdk/**/*.ts",
  "data/clear-sky.json",
  "docs/{kpi.md,glossary.tsv}",
  "docs/{guide,zh/guide}/**/*",
  "package-lock.json",
];
const NOT_SOURCES = new Set(["dist", "node_modules"]);
/** Goes with what it describes. */
const NOTE = "web/dist/.sources";

/** Builds the page, unless it is built from the sources as they are. */
export async function buildPage(root: string): Promise<void> {
  const digest = digestOf(root);
  const note = join(root, NOTE);
  if (existsSync(note) && readFileSync(note, "utf8") === digest) return;
  const args = [tool("vite"), "build", "--config", "web/vite.config.ts", "--logLevel", "warn"];
  await new LocalProcess("build of the page", args, {}, root).result();
  writeFileSync(note, digest);
}

function digestOf(root: string): string {
  const hash = createHash("sha256");
  const files = globSync(SOURCES, { cwd: root, exclude: (name) => NOT_SOURCES.has(name) }).sort();
  for (const file of files) {
    if (statSync(join(root, file)).isFile()) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}
