import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reachedFrom } from "../build/parts.ts";
import { type MutatedBuild, mutate, refuseErrors } from "./build.ts";
import { type Compiled, compile, readSources, type Sources } from "./compile.ts";
import { kept } from "./kept.ts";

const ACCESS_MANAGER = "@openzeppelin/contracts/access/manager/AccessManager.sol";
const DEPLOY = "test/utils/Deploy.sol";
const EVM = { evmVersion: "cancun" };
/** The optimizer would only see through the switches, slowly; the intermediate code is there for the depth of the stack. */
const DEEP = { ...EVM, viaIR: true };
const OUTPUT = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"];

/** A mutated build, compiled: the contracts and the tests. `hash` and `testHash` tell one build from another. */
export interface CompiledMutants extends MutatedBuild {
  hash: string;
  testHash: string;
  compiled: Compiled[];
}

/** Builds the contracts with all mutants in them, and their tests; takes what was built before from `folder`. */
export async function buildMutants(
  root: string,
  folder: string,
  isMutated: (file: string) => boolean,
  testFolders: string[],
  say: (step: string) => void,
): Promise<CompiledMutants> {
  const originals = readSources(root, ["contracts"]);
  const hash = hashOf([originals, Object.keys(originals).filter(isMutated), readOwnCode(root)]);
  const mutated = await kept(join(folder, `mutants-${hash}.json`), () => {
    say("Looking for mutants");
    return mutate(root, isMutated);
  });
  const sources = { ...readSources(root, testFolders), ...mutated.sources };
  const contracts = await kept(join(folder, `contracts-${hash}.json`), () => {
    say(`Compiling the contracts with ${mutated.mutants.length} mutants in them`);
    return built(
      sources,
      DEEP,
      Object.keys(originals).filter((file) => file.startsWith("contracts/")),
    );
  });
  const tests = testFolders.flatMap((prefix) =>
    Object.keys(sources).filter((file) => file.startsWith(`${prefix}/`) && file.endsWith(".t.sol")),
  );
  const testSources = Object.fromEntries(Object.entries(sources).filter(([file]) => !file.startsWith("contracts/")));
  const testHash = hashOf([hash, testSources]);
  const compiledTests = await kept(join(folder, `tests-${testHash}.json`), () => {
    say(`Compiling ${tests.length} test files`);
    // As in tools/build/testParts.ts: tests that deploy are compiled without more ado.
    const inputs = Object.fromEntries(Object.entries(sources).map(([file, content]) => [file, { content }]));
    const deploying = tests.filter((file) => reachedFrom(file, inputs).has(DEPLOY));
    const others = tests.filter((file) => !deploying.includes(file));
    return [built(sources, EVM, [ACCESS_MANAGER, ...deploying]), built(sources, DEEP, others)];
  });
  return { ...mutated, hash, testHash, compiled: [contracts, ...compiledTests] };
}

function built(sources: Sources, settings: object, files: string[]): Compiled {
  const outputSelection = Object.fromEntries(files.map((file) => [file, { "*": OUTPUT }]));
  const compiled = compile(sources, { ...settings, outputSelection });
  refuseErrors(compiled);
  return { sources: {}, contracts: compiled.contracts ?? {} };
}

/** How mutants are found and written is part of what a build is made of. */
function readOwnCode(root: string): string[] {
  const files = ["build", "operators", "points", "schemata"];
  return files.map((name) => readFileSync(join(root, "tools/mutate", `${name}.ts`), "utf8"));
}

export function hashOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
}
