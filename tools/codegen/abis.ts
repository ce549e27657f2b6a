import { type ErrorFragment, type Fragment, Interface } from "ethers";
import { CONTRACTS } from "../../sdk/chain/contracts.ts";
import { camel, HEADER, readArtifact } from "./artifact.ts";

/** The files of the sdk that hold ABIs, by path from the root: one `as const` ABI per contract, as viem needs them. */
export function abiFiles(): Map<string, string> {
  const files = CONTRACTS.map((name): [string, string] => [`sdk/chain/abi/${camel(name)}.ts`, abiFile(name)]);
  const index = CONTRACTS.map((name) => `export * from "./${camel(name)}.ts";\n`).sort();
  return new Map([
    ...files,
    ["sdk/chain/abi/index.ts", HEADER + index.join("")],
    ["sdk/chain/abi/errors.ts", errorsFile()],
    ["sdk/chain/abis.ts", abisFile()],
  ]);
}

/** Apart from its errors, which pages have once for all contracts. */
function abiFile(name: string): string {
  const [own, entries] = [camel(name), entriesOf(name)];
  return `${HEADER}export const ${own}Abi = ${abi(entries.filter((entry) => !isError(entry)))};
export const ${own}Errors = ${abi(entries.filter(isError))};
export const ${own} = { name: "${name}", abi: ${own}Abi } as const;
`;
}

const isError = (entry: string) => entry.endsWith('"type":"error"}');

/** What contracts refuse with, each error once, as Solidity writes it: a page has all of them, and a third of the bytes. */
function errorsFile(): string {
  const errors = CONTRACTS.flatMap((name) => new Interface(readArtifact(name).abi).fragments.filter(isErrorFragment));
  const lines = [...new Set(errors.map(declarationOf))].map((text) => `  "${text}",\n`);
  return `${HEADER}/** Every error of every contract of the platform: name, types and names of its values. */
export const ERRORS = [\n${lines.join("")}];
`;
}

const isErrorFragment = (fragment: Fragment): fragment is ErrorFragment => fragment.type === "error";

function declarationOf({ name, inputs }: ErrorFragment): string {
  const values = inputs.map((input) => {
    if (input.baseType === "tuple" || input.baseType === "array") {
      throw new Error(`${name} carries ${input.type}, which sdk/errors/explain.ts does not read: carry plain values.`);
    }
    return `${input.type} ${input.name}`;
  });
  return `${name}(${values.join(",")})`;
}

/** The entries of a contract's ABI. Solidity's own names of types stay where they name a struct or an enum. */
function entriesOf(name: string): string[] {
  const keep = (key: string, value: unknown) =>
    key === "internalType" && !/^(struct|enum) /.test(String(value)) ? undefined : value;
  return readArtifact(name).abi.map((entry) => JSON.stringify(entry, keep));
}

/** One entry a line, so that a change of one function is a change of one line. */
const abi = (entries: string[]) => `[\n${entries.map((entry) => `  ${entry},\n`).join("")}] as const`;

function abisFile(): string {
  const entries = CONTRACTS.map((name) => `  ${name}: [...abi.${camel(name)}Abi, ...abi.${camel(name)}Errors],\n`).join(
    "",
  );
  return `${HEADER}import * as abi from "./abi/index.ts";

/** The ABI of each contract of the platform. */
export const ABIS = {
${entries}} as const;
`;
}
