import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonFragment } from "ethers";
import { root } from "../../scripts/root.ts";

export const HEADER = "// Generated from the compiled contracts by `npm run codegen`. Do not edit.\n";

interface Artifact {
  abi: readonly JsonFragment[];
  /** As it is imported: contracts/metering/MeterRegistry.sol. */
  sourceName: string;
}

/** What the compiler made of a contract. */
export function readArtifact(name: string): Artifact {
  const [compiled] = globSync(`artifacts/**/${name}.sol/${name}.json`, { cwd: root });
  if (compiled === undefined) throw new Error(`There is no compiled contract ${name}: run "npm run build" first.`);
  return JSON.parse(readFileSync(join(root, compiled), "utf8")) as Artifact;
}

/** A contract's name as that of a variable. */
export function camel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
