import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";

/** A sample of code in a page, as printed. */
export interface Sample {
  /** Page and line, to be found by. */
  place: string;
  text: string;
}

/** The samples of a page in one of its languages: what stands between ```language and ```. */
export function samplesIn(page: string, language: string): Sample[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((found) => ({
    place: `${page}:${text.slice(0, found.index).split("\n").length}`,
    text: found[1] ?? "",
  }));
}
