import { posix } from "node:path";
import type { HardhatPlugin } from "hardhat/types/plugins";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

const DEPLOY = "project/test/utils/Deploy.sol";

/** No optimizer and no intermediate code: seconds instead of minutes for all tests together. */
const QUICK = { viaIR: false, optimizer: { enabled: false } };

const isTest = (source: string) => source.startsWith("project/test/") || source.endsWith(".t.sol");

/**
 * Builds Solidity tests in seconds. Contracts that a test imports by type are not compiled again: test/utils/Deploy.sol
 * takes them from the artifacts that are built before the tests. A test that deploys so is compiled quickly, because how its
 * own code is compiled says nothing about theirs. Every other test, such as one of a library, which becomes part of the
 * test's own code, is compiled as a deployment is.
 */
export const quickTestBuild: HardhatPlugin = {
  id: "quick-test-build",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        invokeSolc: async (context, compiler, input, config, next) => {
          const tests = Object.keys(input.sources).filter(isTest);
          if (tests.length === 0) return next(context, compiler, input, config);
          const deploying = tests.filter((source) => reaches(DEPLOY, source, input.sources));
          const others = tests.filter((source) => !deploying.includes(source));
          const build = (sources: string[], settings: object) =>
            next(
              context,
              compiler,
              codeOf(sources, { ...input, settings: { ...input.settings, ...settings } }),
              config,
            );
          if (deploying.length === 0) return build(others, {});
          const quick = await build(deploying, QUICK);
          return others.length === 0 ? quick : merged(quick, await build(others, {}), others);
        },
      }),
    }),
  },
};

/** Whether `source` is `wanted` or imports it, over however many files. */
function reaches(wanted: string, source: string, sources: CompilerInput["sources"], seen = new Set<string>()): boolean {
  if (source === wanted) return true;
  if (seen.has(source)) return false;
  seen.add(source);
  const imports = (sources[source]?.content ?? "").matchAll(/^(?:import|\}) .*?"(\.[^"]+)";$/gm);
  return [...imports].some(([, path = ""]) => reaches(wanted, posix.join(posix.dirname(source), path), sources, seen));
}

/** Asks for `sources` only: whatever is asked of another one, even its declarations, makes the compiler generate its code. */
function codeOf(sources: string[], input: CompilerInput): CompilerInput {
  const everything = input.settings.outputSelection["*"] ?? {};
  const outputSelection = Object.fromEntries(sources.map((source) => [source, everything]));
  return { ...input, settings: { ...input.settings, outputSelection } };
}

/** Both builds have the same sources in the same order, so that places in them mean the same. */
function merged(first: CompilerOutput, second: CompilerOutput, fromSecond: string[]): CompilerOutput {
  const said = new Set(first.errors?.map(({ formattedMessage }) => formattedMessage));
  const contracts = { ...first.contracts };
  for (const source of fromSecond) {
    const built = second.contracts?.[source];
    if (built !== undefined) contracts[source] = built;
  }
  const errors = [
    ...(first.errors ?? []),
    ...(second.errors ?? []).filter(({ formattedMessage }) => !said.has(formattedMessage)),
  ];
  return { ...first, contracts, errors };
}
