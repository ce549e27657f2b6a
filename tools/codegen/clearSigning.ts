import { commonClearSigning } from "../../sdk/wallets/clearSigning.ts";

/** The files of `sdk/erc7730`, by path from the root: one ERC-7730 descriptor for each contract that takes signatures. */
export function clearSigningFiles(): Map<string, string> {
  const all = Object.entries(commonClearSigning());
  return new Map(
    all.map(([contract, descriptor]) => [`sdk/erc7730/${contract}.json`, `${JSON.stringify(descriptor, null, 2)}\n`]),
  );
}
