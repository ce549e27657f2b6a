import { tradeEscrow } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { buildRuling, type Ruling } from "./settle.ts";

/** The longest that a trade stays frozen, counted from the first freeze. */
export const LONGEST_FREEZE_DAYS = 30;

/** The call by which an arbiter freezes a trade until a unix second, for viem's `writeContract`; 0 ends the freeze. */
export function freezeTrade(platform: Platform, id: bigint, until: number) {
  return { ...contractAt(platform, tradeEscrow), functionName: "freeze" as const, args: [id, until] as const };
}

/** The call by which an arbiter divides what is held for a trade that is frozen. */
export async function ruleOnTrade(platform: Platform, id: bigint, ruling: Ruling) {
  const args = await buildRuling(platform, id, ruling);
  return { ...contractAt(platform, tradeEscrow), functionName: "rule" as const, args };
}
