import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import hre from "hardhat";

/** What the compiler reads, and what decides how. */
const SOURCES = ["contracts/**/*.sol", "tools/build/*.ts", "hardhat.config.ts", "package-lock.json"];
/** What it writes; the name of a build's record is its hash. */
const BUILT = ["artifacts/contracts/**/*.json", "artifacts/build-info/*.json", "types/typechain/*.ts"];
const NOTE = "cache/contracts-built";

/** Compiles the contracts, unless what is built comes from the sources as they are: only asking Hardhat takes six seconds. */
export async function buildContracts(root: string): Promise<void> {
  if (isBuilt(root)) return;
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  noteBuilt(root);
}

export function isBuilt(root: string): boolean {
  const file = join(root, NOTE);
  return existsSync(file) && readFileSync(file, "utf8") === digest(root);
}

export function noteBuilt(root: string): void {
  mkdirSync(dirname(join(root, NOTE)), { recursive: true });
  writeFileSync(join(root, NOTE), digest(root));
}

/** Of every source's text, and of the names of what was built. */
function digest(root: string): string {
  const hash = createHash("sha256");
  for (const file of globSync(SOURCES, { cwd: root }).sort()) hash.update(file).update(readFileSync(join(root, file)));
  for (const file of globSync(BUILT, { cwd: root }).sort()) hash.update(file);
  return hash.digest("hex");
}
