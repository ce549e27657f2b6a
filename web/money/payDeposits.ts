import { readContract } from "viem/actions";
import { depositToken, participantRegistry } from "../../sdk/chain/abi/index.ts";
import { contractAt, type Platform } from "../../sdk/chain/client.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import type { Fen } from "../../sdk/types/units.ts";

/** Thrown where a participant has no account that could be paid. */
export class PayeeError extends DujiangError {}

/** The call that pays deposits to a participant, at the account by which the chain knows it now. */
export async function payDeposits(platform: Platform, participant: number, amountFen: Fen) {
  const registry = contractAt(platform, participantRegistry);
  const account = await readContract(platform.client, { ...registry, functionName: "accountOf", args: [participant] });
  if (BigInt(account) === 0n)
    throw new PayeeError({
      en: `There is no participant ${participant} with an account: compare the number.`,
      zh: `没有账户属于参与方 ${participant}：请核对编号。`,
    });
  const args = [account, amountFen] as const;
  return { ...contractAt(platform, depositToken), functionName: "transfer" as const, args };
}
