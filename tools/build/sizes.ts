/** How many bytes each contract has left: EIP-170 limits what is deployed, EIP-3860 what deploys it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const MOST_CODE = 24_576;
export const MOST_INIT_CODE = 49_152;
/** Room for one more requirement; the arguments of a constructor also count as code that deploys. */
export const LEAST_LEFT = 500;

export interface Size {
  name: string;
  code: number;
  initCode: number;
}

interface Artifact {
  contractName: string;
  sourceName: string;
  bytecode: string;
  deployedBytecode: string;
}

/** Every contract of contracts/ that can be deployed, as it was built last; the largest first. */
export function readSizes(root: string): Size[] {
  return globSync("artifacts/contracts/**/*.json", { cwd: root })
    .map((file) => JSON.parse(readFileSync(join(root, file), "utf8")) as Artifact)
    .filter(({ contractName, sourceName }) => isContract(contractName, readFileSync(join(root, sourceName), "utf8")))
    .map(({ contractName: name, bytecode, deployedBytecode }) => ({
      name,
      code: bytesIn(deployedBytecode),
      initCode: bytesIn(bytecode),
    }))
    .sort((a, b) => b.code - a.code);
}

export function sizeTable(sizes: Size[]): string {
  const width = Math.max(...sizes.map(({ name }) => name.length));
  const row = (name: string, cells: (string | number)[]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.toLocaleString("en-US").padStart(14))].join("");
  return [
    row("", ["code", "left", "init code", "left"]),
    ...sizes.map(({ name, code, initCode }) =>
      row(name, [code, MOST_CODE - code, initCode, MOST_INIT_CODE - initCode]),
    ),
  ].join("\n");
}

/** A sentence for each contract that is about to be too large. */
export function sizeProblems(sizes: Size[]): string[] {
  return sizes.flatMap(({ name, code, initCode }) =>
    [
      { left: MOST_CODE - code, limit: `${MOST_CODE.toLocaleString("en-US")} that its code may have (EIP-170)` },
      {
        left: MOST_INIT_CODE - initCode,
        limit: `${MOST_INIT_CODE.toLocaleString("en-US")} that the code deploying it may have (EIP-3860)`,
      },
    ]
      .filter(({ left }) => left < LEAST_LEFT)
      .map(({ left, limit }) => `${name} has ${left} bytes left of the ${limit}: at least ${LEAST_LEFT} must be left.`),
  );
}

/** Interfaces, libraries and abstract contracts are never deployed by themselves. */
function isContract(name: string, source: string): boolean {
  return new RegExp(`^contract ${name}\\b`, "m").test(source);
}

function bytesIn(code: string): number {
  return (code.length - "0x".length) / 2;
}
