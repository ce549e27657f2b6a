import type { Hex } from "viem";
import { getBlockNumber, readContract } from "viem/actions";
import { depositToken, participantRegistry } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import type { Fen } from "../types/units.ts";

/** The books of one settlement bank. */
export interface BankBooks {
  /** The bank as a participant. */
  bank: number;
  /** How far the position may grow by issuing; 0 while the bank is closed. */
  capFen: Fen;
  /** Issued less redeemed, corrected by what banks paid each other: the money it has for deposits. */
  positionFen: Fen;
  /** What its customers may claim of it. */
  depositsFen: Fen;
  /** Deposits beyond the position: what the other banks owe it; negative is what it owes them. */
  receivableFen: Fen;
}

/** Every settlement bank, and what banks still have to pay each other, as of one block; receivables add up to nothing. */
export async function readBankBooks(platform: Platform): Promise<BankBooks[]> {
  const { client } = platform;
  const at = { blockNumber: await getBlockNumber(client, { cacheTime: 0 }) };
  const token = { ...contractAt(platform, depositToken), ...at };
  const registry = { ...contractAt(platform, participantRegistry), ...at };
  const [banks, count] = await Promise.all([
    readContract(client, { ...token, functionName: "banks" }),
    readContract(client, { ...registry, functionName: "participantCount" }),
  ]);
  const customers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const args = [index + 1] as const;
      const [bank, balanceFen] = await Promise.all([
        readContract(client, { ...token, functionName: "bankOf", args }),
        readContract(client, { ...token, functionName: "balanceOfParticipant", args }),
      ]);
      return { bank, balanceFen };
    }),
  );
  return Promise.all(
    banks.map(async (bank) => {
      const args = [bank] as const;
      const [capFen, positionFen] = await Promise.all([
        readContract(client, { ...token, functionName: "capOf", args }),
        readContract(client, { ...token, functionName: "positionOf", args }),
      ]);
      const depositsFen = customers
        .filter((customer) => customer.bank === bank)
        .reduce((sum, { balanceFen }) => sum + balanceFen, 0n);
      return { bank, capFen, positionFen, depositsFen, receivableFen: depositsFen - positionFen };
    }),
  );
}

/** The bank that keeps a participant's account; undefined while none does. */
export async function readBankOf(platform: Platform, participant: number): Promise<number | undefined> {
  const token = contractAt(platform, depositToken);
  const bank = await readContract(platform.client, { ...token, functionName: "bankOf", args: [participant] });
  return bank === 0 ? undefined : bank;
}

/** The call by which a bank starts keeping the account of a participant that has none, for viem's `writeContract`. */
export function openAccount(platform: Platform, participant: number) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "openAccount" as const,
    args: [participant] as const,
  };
}

/** The call by which either bank of a move gives its word, or takes it back; the second word moves the account. */
export function confirmMove(platform: Platform, participant: number, toBank: number, confirmed = true) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "confirmMove" as const,
    args: [participant, toBank, confirmed] as const,
  };
}

/** The call by which a bank confirms what it received from another at the central bank. */
export function settleBetween(platform: Platform, fromBank: number, amountFen: Fen, reference: Hex) {
  return {
    ...contractAt(platform, depositToken),
    functionName: "settleBetween" as const,
    args: [fromBank, amountFen, reference] as const,
  };
}
