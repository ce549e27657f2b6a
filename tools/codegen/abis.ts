import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTRACTS } from "../../sdk/chain/deployment.ts";
import { root } from "../tool.ts";

const HEADER = "// Generated from the compiled contracts by `npm run codegen`. Do not edit.\n";

/** OpeningDesk is no contract that anybody calls, but its refusals reach whoever calls the escrow. */
const NAMES = [...CONTRACTS, "OpeningDesk"];

/** The files of `sdk/chain/abi`, by path from the root: one `as const` ABI per contract, as viem wants them. */
export function abiFiles(): Map<string, string> {
  const files = NAMES.map((name): [string, string] => [`sdk/chain/abi/${camel(name)}.ts`, abiFile(name)]);
  const index = NAMES.map((name) => `export * from "./${camel(name)}.ts";\n`).sort();
  return new Map([...files, ["sdk/chain/abi/index.ts", HEADER + index.join("")]]);
}

function abiFile(name: string): string {
  // One entry a line, so that a change of one function is a change of one line.
  const lines = readAbi(name).map((entry) => `  ${JSON.stringify(entry)},\n`);
  return `${HEADER}export const ${camel(name)}Abi = [\n${lines.join("")}] as const;\n`;
}

function readAbi(name: string): unknown[] {
  const [compiled] = globSync(`artifacts/**/${name}.sol/${name}.json`, { cwd: root });
  if (compiled === undefined) throw new Error(`There is no compiled contract ${name}: run "npm run build" first.`);
  return (JSON.parse(readFileSync(join(root, compiled), "utf8")) as { abi: unknown[] }).abi;
}

function camel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
