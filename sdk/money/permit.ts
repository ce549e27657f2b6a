import { type Address, type Hex, hashTypedData } from "viem";
import { readContract } from "viem/actions";
import { depositToken } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { requireSigner, type Signer, signTypedData } from "../signing/sign.ts";
import type { Fen } from "../types/units.ts";

/** Where a permit counts: one deposit token on one chain, under the name that wallets show. */
export interface DepositToken {
  chainId: number;
  depositToken: Address;
  name: string;
}

/** Permission to move deposits, by signature instead of a transaction (ERC-2612). */
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

/** The EIP-712 type of a permit, as ERC-2612 has it. */
export const PERMIT_TYPES = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/** Where permits for this platform's deposits count, read from the chain. */
export async function depositTokenOf(platform: Platform): Promise<DepositToken> {
  const token = contractAt(platform, depositToken);
  const name = await readContract(platform.client, { ...token, functionName: "name" });
  return { chainId: platform.client.chain.id, depositToken: token.address, name };
}

/** A permit with the nonce that comes next for its owner. */
export async function readPermit(platform: Platform, permit: Omit<Permit, "nonce">): Promise<Permit> {
  const token = contractAt(platform, depositToken);
  const nonce = await readContract(platform.client, { ...token, functionName: "nonces", args: [permit.owner] });
  return { ...permit, nonce };
}

/** What a wallet signs to let somebody move deposits. */
export type PermitTypedData = ReturnType<typeof permitTypedData>;

/** A permit as the holder of the deposits signs it; the deposit token has a domain of its own. */
export function permitTypedData(permit: Permit, { chainId, depositToken, name }: DepositToken) {
  const { owner, spender, amountFen, nonce, deadline } = permit;
  return {
    domain: { name, version: "1", chainId, verifyingContract: depositToken },
    types: PERMIT_TYPES,
    primaryType: "Permit",
    message: { owner, spender, value: amountFen, nonce, deadline },
  } as const;
}

/** The EIP-712 digest of a permit, as ERC-2612 says. */
export function permitDigest(permit: Permit, token: DepositToken): Hex {
  return hashTypedData(permitTypedData(permit, token));
}

/** The holder's signature under a permit. */
export async function signPermit(permit: Permit, token: DepositToken, signer: Signer): Promise<Hex> {
  await requireSigner(signer, [permit.owner]);
  return signTypedData(permitTypedData(permit, token), signer);
}
