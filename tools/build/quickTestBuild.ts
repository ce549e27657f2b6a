import type { HardhatPlugin } from "hardhat/types/plugins";
import { codeOf, merged, reachedFrom } from "./parts.ts";

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
          const reached = new Map(tests.map((source) => [source, reachedFrom(source, input.sources)]));
          const deploys = (source: string) => reached.get(source)?.has(DEPLOY) === true;
          const isUsedBy = (source: string, wanted: boolean) =>
            tests.some(
              (user) => user !== source && deploys(user) === wanted && reached.get(user)?.has(source) === true,
            );
          // What only deploying tests use, such as a twin of what they deploy, is compiled as they are.
          const isQuick = (source: string) => deploys(source) || (isUsedBy(source, true) && !isUsedBy(source, false));
          const deploying = tests.filter(isQuick);
          const others = tests.filter((source) => !deploying.includes(source));
          const build = (sources: string[], settings: object) =>
            next(
              context,
              compiler,
              codeOf(sources, { ...input, settings: { ...input.settings, ...settings } }),
              config,
            );
          if (deploying.length === 0) return build(others, {});
          if (others.length === 0) return build(deploying, QUICK);
          const [quick, slow] = await Promise.all([build(deploying, QUICK), build(others, {})]);
          return merged(quick, slow, others);
        },
      }),
    }),
  },
};
