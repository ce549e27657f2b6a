import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";
import { compileInParts } from "./tools/build/compileInParts.ts";
import { ownWarnings } from "./tools/build/ownWarnings.ts";

/** The compiler comes out of the npm package `solc`, so nothing is downloaded beside `npm ci`. */
const compiler = {
  version: "0.8.37",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: {
    viaIR: true,
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 800 },
    outputSelection: { "*": { "*": ["storageLayout"] } },
  },
};

/** Besu's terms for a chain in this process: Osaka rules, no base fee, 16,777,216 gas a transaction. */
const simulated = {
  type: "edr-simulated",
  chainType: "l1",
  initialBaseFeePerGas: 0,
  gasPrice: 0,
  blockGasLimit: 400_000_000,
  transactionGasCap: 16_777_216,
} as const;

export default defineConfig({
  plugins: [toolbox, compileInParts, ownWarnings],
  // Ignition deploys with `production`: the same settings, so that what is tested is what is deployed.
  solidity: {
    profiles: { default: compiler, production: compiler },
    // The contracts are built first, because Solidity tests deploy them from their artifacts.
    splitTestsCompilation: true,
    npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
  },
  networks: {
    default: simulated,
    local: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545", gasPrice: 0n },
    consortium: {
      type: "http",
      chainType: "l1",
      url: configVariable("RPC_URL"),
      accounts: [configVariable("DEPLOYER_KEY")],
      gasPrice: 0n,
    },
  },
  ignition: { requiredConfirmations: 1, blockPollingInterval: 200 },
  typechain: { outDir: "types/typechain" },
  test: {
    mocha: { timeout: 120_000 },
    // A short walk, so that every run of the tests takes one; `docs/invariants.md` says how to take a long one.
    solidity: {
      invariant: {
        runs: Number(process.env.DUJIANG_INVARIANT_RUNS ?? 24),
        depth: Number(process.env.DUJIANG_INVARIANT_DEPTH ?? 50),
      },
    },
  },
});
