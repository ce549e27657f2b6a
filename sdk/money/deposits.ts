import type { Address, Hex } from "viem";
import { depositToken } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import type { Fen } from "../types/units.ts";

/**
 * The call by which a bank issues deposits against money that it received, for viem's `writeContract`. A bank books a reference
 * once: see `bankReference`.
 */
export function issueDeposits(platform: Platform, to: Address, amountFen: Fen, reference: Hex) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "issue" as const,
    args: [to, amountFen, reference] as const,
  };
}

/** The call by which a participant has deposits paid out by its bank, under a reference of its own. */
export function redeemDeposits(platform: Platform, amountFen: Fen, reference: Hex) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "redeem" as const,
    args: [amountFen, reference] as const,
  };
}

/** The call by which a participant lets a contract of the platform hold its deposits, or stops it. */
export function optIn(platform: Platform, notary: "TradeEscrow" | "DebtLedger" | "FinancingDesk", allowed = true) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "optIn" as const,
    args: [platform.addresses[notary], allowed] as const,
  };
}

/** The call by which the council says how much money a bank may hold for deposits; 0 closes it, and the first makes it one. */
export function setBankCap(platform: Platform, bank: number, capFen: Fen) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "setCap" as const,
    args: [bank, capFen] as const,
  };
}

/** The call by which a bank freezes the account of its customer, or releases it. @param reason id of the document with the order, or keccak256 of a file */
export function freezeAccount(platform: Platform, participant: number, frozen: boolean, reason: Hex) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "setFrozen" as const,
    args: [participant, frozen, reason] as const,
  };
}
