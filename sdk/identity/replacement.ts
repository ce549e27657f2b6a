import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";

/** A new account that is to take the place of a participant's. */
export interface AccountReplacement {
  account: Address;
  /** Who proposed it, and therefore cannot approve it. */
  registrar: Address;
  /** keccak256 of the file with the reason. */
  reasonHash: Hex;
  /** Unix second from which anybody can complete it; 0 until a second registrar approves. */
  completableAt: number;
}

/** The replacement that waits of a participant; undefined where none does. */
export async function readReplacement(
  platform: Platform,
  participant: number,
): Promise<AccountReplacement | undefined> {
  const waiting = await readContract(platform.client, {
    ...registryOf(platform),
    functionName: "replacementOf",
    args: [participant],
  });
  return BigInt(waiting.account) === 0n ? undefined : waiting;
}

/** The call by which a registrar proposes another account for a participant. @param reason keccak256 of the file with the reason */
export function proposeAccount(platform: Platform, participant: number, account: Address, reason: Hex) {
  return {
    ...registryOf(platform),
    functionName: "proposeAccount" as const,
    args: [participant, account, reason] as const,
  };
}

/** The call by which a second registrar approves the account that another proposed, and repeats it: seven days begin. */
export function approveAccount(
  platform: Platform,
  participant: number,
  { account, reasonHash }: Pick<AccountReplacement, "account" | "reasonHash">,
) {
  return {
    ...registryOf(platform),
    functionName: "approveAccount" as const,
    args: [participant, account, reasonHash] as const,
  };
}

/** The call by which one registrar ends a replacement before it is completed. */
export function withdrawReplacement(platform: Platform, participant: number) {
  return { ...registryOf(platform), functionName: "withdrawReplacement" as const, args: [participant] as const };
}

/** The call by which the account in force ends its own replacement. */
export function objectToReplacement(platform: Platform) {
  return { ...registryOf(platform), functionName: "objectToReplacement" as const, args: [] as const };
}

/** The call by which anybody completes a replacement once its seven days are over. */
export function completeReplacement(platform: Platform, participant: number) {
  return { ...registryOf(platform), functionName: "completeReplacement" as const, args: [participant] as const };
}

const registryOf = (platform: Platform) => contractOf(platform, "ParticipantRegistry");
