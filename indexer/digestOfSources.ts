import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** One hash for the text of every TypeScript file in a folder, and for where each lies; what was compiled to dist/ left out. */
export function digestOfSources(folder: URL): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/^dist[\\/]/.test(file))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(new URL(file, folder)));
  return hash.digest("hex");
}
