import type { Address } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import type { Fen } from "../types/units.ts";

/** Where a permit counts: one deposit token on one chain, under the name that wallets show. */
export interface DepositToken {
  chainId: number;
  depositToken: Address;
  name: string;
}

/** Leave to move deposits, by signature instead of a transaction (ERC-2612). */
export interface Permit {
  owner: Address;
  /** Who may move them. */
  spender: Address;
  amountFen: Fen;
  /** The next of the owner's permits; each counts once, in order. */
  nonce: bigint;
  /** Unix second after which it no longer counts. */
  deadline: bigint;
}

/** Where permits for this platform's deposits count, read from the chain. */
export async function depositTokenOf(platform: Platform): Promise<DepositToken> {
  const token = contractOf(platform, "DepositToken");
  const name = await readContract(platform.client, { ...token, functionName: "name" });
  return { chainId: platform.client.chain.id, depositToken: token.address, name };
}

/** A permit with the nonce that comes next for its owner. */
export async function readPermit(platform: Platform, permit: Omit<Permit, "nonce">): Promise<Permit> {
  const token = contractOf(platform, "DepositToken");
  const nonce = await readContract(platform.client, { ...token, functionName: "nonces", args: [permit.owner] });
  return { ...permit, nonce };
}
