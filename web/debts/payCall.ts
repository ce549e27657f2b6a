import { debtLedger } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import type { Fen } from "../../sdk/types/units.ts";

/** The call that pays a debt out of the sender's deposits. */
export const payDebt = (platform: Platform, id: bigint, amountFen: Fen) => ({
  ...contractAt(platform, debtLedger),
  functionName: "pay" as const,
  args: [id, amountFen] as const,
});
