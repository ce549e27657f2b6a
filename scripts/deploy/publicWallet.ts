import { HDNodeWallet, Mnemonic } from "ethers";

/** The mnemonic that every Ethereum development tool knows. Its keys are public: they belong on a local chain only. */
const MNEMONIC = Mnemonic.fromPhrase("test test test test test test test test test test test junk");

const accounts = HDNodeWallet.fromMnemonic(MNEMONIC, "m/44'/60'/0'/0");

/** An account of a local chain, by its place in the mnemonic; the first one deploys. */
export function publicWallet(index: number): HDNodeWallet {
  return accounts.deriveChild(index);
}
