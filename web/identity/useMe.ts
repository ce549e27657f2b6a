import type { Address } from "viem";
import { useStanding } from "../wallets/standing.ts";
import { useWallet } from "../wallets/wallet.ts";

/** The participant that the connected account acts for. */
export interface Me {
  participant: number;
  account: Address;
  /** As what it may act; empty while it is suspended or expired. */
  kinds: readonly string[];
}

/** Undefined where no wallet is connected, or its account is nobody's. One that is suspended or expired can still finish what is open. */
export function useMe(): Me | undefined {
  const account = useWallet()?.account;
  const standing = useStanding(account);
  if (account === undefined || standing?.participant === undefined) return undefined;
  return { participant: standing.participant, account, kinds: standing.state === "active" ? standing.kinds : [] };
}
