import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";

/** The local network's parameters as a file in a folder, reviewed for a chain. */
export function parametersFor(chainId: number, folder: string): string {
  const reviewed = JSON.parse(readFileSync(join(root, "deployments/parameters/local.json"), "utf8")) as object;
  const file = join(folder, `parameters-${chainId}.json`);
  writeFileSync(file, JSON.stringify({ ...reviewed, chainId }));
  return file;
}
