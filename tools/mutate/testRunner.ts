import { createHash } from "node:crypto";
import {
  type Artifact,
  type ArtifactId,
  EdrContext,
  L1_CHAIN_TYPE,
  L1Hardfork,
  l1GenesisState,
  l1HardforkToString,
  l1SolidityTestRunnerFactory,
  type SuiteResult,
  TestStatus,
} from "@nomicfoundation/edr";
import type { Compiled } from "./compile.ts";

/** One test function of one suite. */
export interface Test {
  suite: string;
  name: string;
}

export interface TestOutcome extends Test {
  passed: boolean;
  seconds: number;
}

/** With this number no mutant is active, and with that one all are only noted as reached. */
export const NONE = 0n;
export const NOTING = 2n ** 160n - 1n;

const SOLC = "0.8.37";
/** The address of the library that nothing links: its place is where the active mutant's number goes. */
const PLACEHOLDER = /__\$[0-9a-f]{34}\$__/g;
/** Enough for the longest test; a mutant that loops for ever ends by it. */
const GAS_LIMIT = 1_000_000_000n;

/** Runs the tests of a mutated build in this process, with whichever mutant. */
export class TestRunner {
  readonly suites: string[];
  readonly #context: EdrContext;
  readonly #artifacts: Artifact[];
  readonly #projectRoot: string;
  readonly #suites: Set<Artifact>;

  private constructor(context: EdrContext, artifacts: Artifact[], projectRoot: string) {
    this.#context = context;
    this.#artifacts = artifacts;
    this.#projectRoot = projectRoot;
    this.#suites = new Set(artifacts.filter(isSuite));
    this.suites = [...this.#suites].map(({ id }) => nameOf(id));
  }

  static async create(builds: Compiled[], projectRoot: string): Promise<TestRunner> {
    const context = new EdrContext();
    await context.registerSolidityTestRunnerFactory(L1_CHAIN_TYPE, l1SolidityTestRunnerFactory());
    return new TestRunner(context, builds.flatMap(artifactsOf), projectRoot);
  }

  /** A hash of the suite's code: another one means another version. */
  hashOf(suite: string): string {
    const artifact = this.#artifacts.find(({ id }) => nameOf(id) === suite);
    return createHash("sha256")
      .update(artifact?.contract.bytecode ?? "")
      .digest("hex")
      .slice(0, 16);
  }

  /** Runs some tests of one suite, or all; `reached` is given the mutants they reach if they are being noted. */
  async run(
    mutant: bigint,
    suite: string,
    names: string[] | undefined,
    options: { fuzzRuns: number; reached?: Set<number> },
  ): Promise<TestOutcome[]> {
    const needed = this.#artifacts.filter((artifact) => !this.#suites.has(artifact) || nameOf(artifact.id) === suite);
    const artifacts = needed.map((artifact) => activated(artifact, mutant));
    const ids = artifacts.filter(({ id }) => nameOf(id) === suite).map(({ id }) => id);
    const { reached, fuzzRuns } = options;
    // The run may end before the suite's result is handed over.
    const { promise, resolve, reject } = Promise.withResolvers<SuiteResult>();
    const running = this.#context.runSolidityTests(
      L1_CHAIN_TYPE,
      artifacts,
      ids,
      {
        projectRoot: this.#projectRoot,
        hardfork: l1HardforkToString(L1Hardfork.Osaka),
        localPredeploys: l1GenesisState(L1Hardfork.Osaka),
        gasLimit: GAS_LIMIT,
        disableBlockGasLimit: true,
        disableTransactionGasCap: true,
        fuzz: { runs: fuzzRuns, seed: "0xd0" },
        invariant: { runs: 2, depth: 25, shrinkRunLimit: 0 },
        ...(names && { testPattern: `^(${names.join("|")})\\(` }),
        ...(reached && {
          observability: {
            codeCoverage: {
              onCollectedCoverageCallback: async (hits: Uint8Array[]) => {
                for (const hit of hits) reached.add(Number(BigInt(`0x${Buffer.from(hit).toString("hex")}`)));
              },
            },
          },
        }),
      },
      {},
      resolve,
    );
    running.catch(reject);
    const [{ testResults }] = await Promise.all([promise, running]);
    return testResults.map(({ name, status, durationNs }) => ({
      suite,
      name: name.replace(/\(.*/, ""),
      passed: status !== TestStatus.Failure,
      seconds: Number(durationNs) / 1e9,
    }));
  }
}

function artifactsOf({ contracts = {} }: Compiled): Artifact[] {
  return Object.entries(contracts).flatMap(([source, named]) =>
    Object.entries(named).map(([name, { abi, evm }]) => ({
      id: { name, source, solcVersion: SOLC },
      contract: {
        abi: JSON.stringify(abi),
        bytecode: `0x${evm.bytecode.object}`,
        linkReferences: {},
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
        deployedLinkReferences: {},
      },
    })),
  );
}

function activated({ id, contract }: Artifact, mutant: bigint): Artifact {
  const address = mutant.toString(16).padStart(40, "0");
  const bytecode = contract.bytecode?.replace(PLACEHOLDER, address);
  const deployedBytecode = contract.deployedBytecode?.replace(PLACEHOLDER, address);
  return { id, contract: { ...contract, bytecode, deployedBytecode } as Artifact["contract"] };
}

function isSuite({ contract: { abi, bytecode } }: Artifact): boolean {
  const functions = JSON.parse(abi) as { type: string; name?: string }[];
  return bytecode !== "0x" && functions.some(({ name }) => /^(test|invariant)/.test(name ?? ""));
}

function nameOf({ source, name }: ArtifactId): string {
  return `${source}:${name}`;
}
