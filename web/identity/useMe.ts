import type { Address } from "viem";
import { useStanding } from "../wallets/standing.ts";
import { useWallet } from "../wallets/wallet.ts";

/** The participant that the connected account acts for. */
export interface Me {
  participant: number;
  account: Address;
  kinds: readonly string[];
}

/** Undefined where no wallet is connected, or its account is no active participant's. */
export function useMe(): Me | undefined {
  const account = useWallet()?.account;
  const standing = useStanding(account);
  if (account === undefined || standing?.state !== "active") return undefined;
  return { participant: standing.participant, account, kinds: standing.kinds };
}
