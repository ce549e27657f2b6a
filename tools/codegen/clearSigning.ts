import { commonClearCalls } from "../../sdk/wallets/clearCalls.ts";
import { commonClearSigning } from "../../sdk/wallets/clearSigning.ts";

/**
 * The files of `sdk/erc7730`, by path from the root: one ERC-7730 descriptor for each contract that takes signatures, and
 * `calldata-…` for each that people send transactions to.
 */
export function clearSigningFiles(): Map<string, string> {
  const files = [
    ...Object.entries(commonClearSigning()),
    ...Object.entries(commonClearCalls()).map(([contract, described]) => [`calldata-${contract}`, described] as const),
  ];
  return new Map(
    files.map(([name, descriptor]) => [`sdk/erc7730/${name}.json`, `${JSON.stringify(descriptor, null, 2)}\n`]),
  );
}
