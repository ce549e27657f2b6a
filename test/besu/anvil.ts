import { spawnSync } from "node:child_process";
import type { ChainOptions } from "../../demo/local/chain.ts";
import { tool } from "../../tools/tool.ts";

/** Whether the binary for this system came with the npm package. */
export function isAnvilHere(): boolean {
  return spawnSync(process.execPath, [tool("@foundry-rs/anvil", "anvil"), "--version"]).status === 0;
}

/** A chain that shares no code with Hardhat's, on the terms of `hardhat.config.ts`. */
export const anvil: ChainOptions["program"] = ({ port, chainId, startsAt }) => [
  tool("@foundry-rs/anvil", "anvil"),
  ...["--port", String(port), "--chain-id", String(chainId), "--timestamp", String(startsAt)],
  ...["--hardfork", "osaka", "--block-base-fee-per-gas", "0", "--gas-price", "0", "--gas-limit", "400000000"],
  ...["--no-request-size-limit", "--quiet"],
];
