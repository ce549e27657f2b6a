import type { ProviderSigner } from "../../sdk/signing/sign.ts";
import { useWallet } from "./wallet.ts";

/** The connected account as the sdk lets it sign; undefined where no wallet is connected. */
export function useSigner(): ProviderSigner | undefined {
  const wallet = useWallet();
  return wallet === undefined ? undefined : { address: wallet.account, provider: wallet.provider };
}
