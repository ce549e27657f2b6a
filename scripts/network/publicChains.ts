import * as chains from "viem/chains";
import { NetworkError } from "./problem.ts";

/**
 * Refuses the id of a chain that wallets know already: what is signed for one of the two would count on the other, and a wallet
 * would send it there.
 */
export function refuseKnownChain(chainId: number): void {
  const known = Object.values(chains).find(({ id }) => id === chainId);
  if (known === undefined) return;
  throw new NetworkError({
    en: `Chain id ${chainId} belongs to ${known.name}, so that signatures and wallets would take one chain for the other: choose a number that no other chain has, such as one of eight digits.`,
    zh: `链号 ${chainId} 属于 ${known.name}，签名和钱包会混淆两条链：请选择其他链未使用的编号，例如八位数。`,
  });
}
