import { posix } from "node:path";

/** `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`: TypeScript and Solidity write them alike. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g;

/** The paths that a file imports, as they are written from where the file's own path begins; packages are left out. */
export function importsIn(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, path = ""]) => posix.join(posix.dirname(file), path));
}
