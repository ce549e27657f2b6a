/**
 * Solidity tests in two parts, built in seconds. Contracts that a test imports by type are not compiled again:
 * test/utils/Deploy.sol takes them from the artifacts that are built before the tests. A test that deploys so is compiled
 * quickly, because how its own code is compiled says nothing about theirs. Every other test, such as one of a library, which
 * becomes part of the test's own code, is compiled as a deployment is.
 */
import type { CompilerInput } from "hardhat/types/solidity";
import { codeOf, type Part, reachedFrom } from "./parts.ts";

const DEPLOY = "project/test/utils/Deploy.sol";

/** No optimizer and no intermediate code: seconds instead of minutes for all tests together. */
const QUICK = { viaIR: false, optimizer: { enabled: false } };

export const isTest = (source: string) => source.startsWith("project/test/") || source.endsWith(".t.sol");

export function testParts(input: CompilerInput): Part[] {
  const tests = Object.keys(input.sources).filter(isTest);
  const reached = new Map(tests.map((source) => [source, reachedFrom(source, input.sources)]));
  const deploys = (source: string) => reached.get(source)?.has(DEPLOY) === true;
  const isUsedBy = (source: string, wanted: boolean) =>
    tests.some((user) => user !== source && deploys(user) === wanted && reached.get(user)?.has(source) === true);
  // What only deploying tests use, such as a twin of what they deploy, is compiled as they are.
  const isQuick = (source: string) => deploys(source) || (isUsedBy(source, true) && !isUsedBy(source, false));
  const quick = tests.filter(isQuick);
  const others = tests.filter((source) => !isQuick(source));
  return [
    { sources: quick, input: codeOf(quick, { ...input, settings: { ...input.settings, ...QUICK } }) },
    { sources: others, input: codeOf(others, input) },
  ].filter(({ sources }) => sources.length > 0);
}
