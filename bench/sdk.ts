/**
 * `npm run bench:sdk`: bytes, compressed, that a browser loads for the sdk, into bench/results/sdk.json. The test of the
 * packed sdk fails when they rose by more than 2 %, or above the most that they may be.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../scripts/root.ts";
import { buildPage, MOST_BYTES } from "../tools/sdk/browserSize.ts";

// Inside the project, where its packages are found.
mkdirSync(join(root, ".dujiang"), { recursive: true });
const folder = mkdtempSync(join(root, ".dujiang", "page-"));
try {
  const { bytes, chunks } = await buildPage(folder, { "dujiang-sdk": join(root, "sdk/index.ts") });
  writeFileSync(join(root, "bench/results/sdk.json"), `${JSON.stringify({ pageBytes: bytes }, null, 2)}\n`);
  console.log(`A page loads ${bytes} bytes of at most ${MOST_BYTES}. Source, before it is made smaller:`);
  const parts = new Map<string, number>();
  for (const [file, { code }] of chunks.flatMap(({ modules }) => Object.entries(modules))) {
    const [, own] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
    const part = own ?? relative(root, file).split("/").slice(0, 2).join("/");
    parts.set(part, (parts.get(part) ?? 0) + (code?.length ?? 0));
  }
  for (const [part, size] of [...parts].sort(([, a], [, b]) => b - a))
    console.log(`${String(size).padStart(8)}  ${part}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
