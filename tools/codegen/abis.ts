import { CONTRACTS } from "../../sdk/chain/contracts.ts";
import { camel, HEADER, readArtifact } from "./artifact.ts";

/** The files of the sdk that hold ABIs, by path from the root: one `as const` ABI per contract, as viem needs them. */
export function abiFiles(): Map<string, string> {
  const files = CONTRACTS.map((name): [string, string] => [`sdk/chain/abi/${camel(name)}.ts`, abiFile(name)]);
  const index = CONTRACTS.map((name) => `export * from "./${camel(name)}.ts";\n`).sort();
  return new Map([...files, ["sdk/chain/abi/index.ts", HEADER + index.join("")], ["sdk/chain/abis.ts", abisFile()]]);
}

function abiFile(name: string): string {
  // One entry a line, so that a change of one function is a change of one line.
  const lines = readArtifact(name).abi.map((entry) => `  ${JSON.stringify(entry)},\n`);
  return `${HEADER}export const ${camel(name)}Abi = [\n${lines.join("")}] as const;\n`;
}

function abisFile(): string {
  const entries = CONTRACTS.map((name) => `  ${name}: abi.${camel(name)}Abi,\n`).join("");
  return `${HEADER}import * as abi from "./abi/index.ts";

/** The ABI of each contract of the platform. */
export const ABIS = {
${entries}} as const;
`;
}
