import { useStanding } from "./standing.ts";
import { useWallet } from "./wallet.ts";

/** As whom the connected account takes part: undefined without a wallet, while it is not known, or where it is nobody's. */
export function useParticipant(): number | undefined {
  const wallet = useWallet();
  const standing = useStanding(wallet?.account);
  return standing?.participant;
}
