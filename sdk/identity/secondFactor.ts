import { type Address, concat, encodeAbiParameters, type Hex, hashTypedData, keccak256 } from "viem";
import { secondFactor } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { type Signer, signTypedData } from "../signing/sign.ts";
import { marketDomain } from "../signing/typedData.ts";
import type { Day } from "../types/time.ts";

/** What a participant can confirm with beside its account's key. */
export type SecondFactorKey =
  /** A passkey (WebAuthn), or a P-256 key in a security module: the point's coordinates, 32 bytes each. */
  | { kind: "passkey" | "p256"; x: Hex; y: Hex }
  /** An RSA key of 2,048 bits and more, as bank tokens hold them. */
  | { kind: "rsa"; exponent: Hex; modulus: Hex }
  /** Another account: a key or an ERC-1271 wallet. */
  | { kind: "account"; account: Address };

/** A second factor as an application names it: an ERC-7913 signer, behind the platform's own verifiers. */
export function secondFactorSigner({ addresses }: Pick<Platform, "addresses">, key: SecondFactorKey): Hex {
  switch (key.kind) {
    case "passkey":
      return concat([addresses.PasskeyVerifier, key.x, key.y]);
    case "p256":
      return concat([addresses.P256Verifier, key.x, key.y]);
    case "rsa": {
      const bytes = [{ type: "bytes" }, { type: "bytes" }] as const;
      return concat([addresses.RsaVerifier, encodeAbiParameters(bytes, [key.exponent, key.modulus])]);
    }
    case "account":
      return key.account;
  }
}

/** Where second factors confirm: one contract on one chain, and nowhere else. */
export interface FactorPlace {
  chainId: number;
  secondFactor: Address;
}

/** What a second factor signs: that a participant may do what the subject stands for. */
export interface FactorConfirmation {
  participant: number;
  /** The digest of an order, a trade or a drafted claim, or what `callSubject` says of a call. */
  subject: Hex;
}

/** The EIP-712 type of what a second factor signs: the twin of contracts/identity/SecondFactor.sol. */
export const FACTOR_TYPES = {
  Confirmation: [
    { name: "participant", type: "uint32" },
    { name: "subject", type: "bytes32" },
  ],
} as const;

/** Where second factors of this platform confirm. */
export function factorPlaceOf({ client, addresses }: Platform): FactorPlace {
  return { chainId: client.chain.id, secondFactor: addresses.SecondFactor };
}

/**
 * The subject of a call that carries no nonce: a transfer of deposits, kWh or units, a pledge or its release, a bid or its
 * acceptance, another trader for a meter. `call.data` is what viem's `encodeFunctionData` makes of it, `participant` the one
 * that gives or owes by it, not the one who sends it. Good on one day of Shanghai; used up once.
 */
export function callSubject(
  call: { to: Address; data: Hex },
  participant: number,
  day: Day,
  { chainId }: Pick<FactorPlace, "chainId">,
): Hex {
  const types = [
    { type: "uint256" },
    { type: "address" },
    { type: "uint32" },
    { type: "bytes32" },
    { type: "uint32" },
  ] as const;
  return keccak256(encodeAbiParameters(types, [BigInt(chainId), call.to, participant, keccak256(call.data), day]));
}

/** A confirmation as an account that is a second factor signs it in its wallet. */
export function factorTypedData({ participant, subject }: FactorConfirmation, { chainId, secondFactor }: FactorPlace) {
  return {
    domain: marketDomain({ chainId, escrow: secondFactor }),
    types: FACTOR_TYPES,
    primaryType: "Confirmation",
    message: { participant, subject },
  } as const;
}

/** The EIP-712 digest of a confirmation: SecondFactor's `confirmationDigest`, and the challenge of a passkey. */
export function factorDigest(confirmation: FactorConfirmation, place: FactorPlace): Hex {
  return hashTypedData(factorTypedData(confirmation, place));
}

/** The signature of an account that is the participant's second factor. */
export async function signAsFactor(confirmation: FactorConfirmation, place: FactorPlace, signer: Signer): Promise<Hex> {
  return signTypedData(factorTypedData(confirmation, place), signer);
}

/** The call by which anyone brings a second factor's signature to bear on a subject, for viem's `writeContract`. */
export function confirmSubject(platform: Platform, { participant, subject }: FactorConfirmation, signature: Hex) {
  return {
    ...contractAt(platform, secondFactor),
    functionName: "confirm" as const,
    args: [participant, subject, signature] as const,
  };
}
