import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

/** What a page of a trader does: reaches a deployment, signs, proves a trade, explains a refusal. */
const PAGE = `export { buildOrder, buildTrade, connect, evidence, explain, marketOf, parseDeployment, readConditions,
  readOrderConditions, signOrder, signTrade } from "dujiang-sdk";`;

/** Most bytes, compressed by gzip, that such a page takes for the sdk and everything under it. */
export const MOST_BYTES = 92_000;

/** What Vite makes of the sdk in a page of a project, and how many bytes of it, compressed, a browser loads. */
export async function buildPage(folder: string, alias: Record<string, string> = {}) {
  const input = join(folder, "page.js");
  writeFileSync(input, PAGE);
  const output = { rolldownOptions: { input, preserveEntrySignatures: "strict" as const } };
  const options = { root: folder, configFile: false, logLevel: "silent", resolve: { alias } } as const;
  const built = await build({ ...options, build: { write: false, modulePreload: { polyfill: false }, ...output } });
  const chunks = (Array.isArray(built) ? built : [built as Rolldown.RolldownOutput])
    .flatMap((one) => one.output)
    .filter((one) => one.type === "chunk");
  // What is imported only when something asks for it, such as answers of contracts from beside the chain, stays there.
  const loaded = chunks.filter(
    ({ fileName, isEntry }) => isEntry || chunks.some((one) => one.imports.includes(fileName)),
  );
  return { chunks, bytes: loaded.reduce((sum, { code }) => sum + gzipSync(code).length, 0) };
}
