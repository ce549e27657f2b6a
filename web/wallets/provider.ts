import type { WalletProvider } from "../../sdk/wallets/ensureNetwork.ts";
import type { Sentence } from "../words/index.ts";

/** A provider that says what changes, as all wallets in browsers do; one to practise with has a name in each language. */
export interface Provider extends WalletProvider {
  on?(event: string, listener: (value: never) => void): void;
  removeListener?(event: string, listener: (value: never) => void): void;
  names?: Sentence;
}
