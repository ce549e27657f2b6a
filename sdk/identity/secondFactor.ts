import { type Address, concat, encodeAbiParameters, type Hex } from "viem";
import { contractOf, type Platform } from "../chain/client.ts";

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

/**
 * The call by which anyone brings a participant's second factor to bear on a subject, for viem's `writeContract`. The
 * subject is the digest of an order or a trade, or what `transferSubject` and `bidSubject` on chain say.
 */
export function confirmSubject(platform: Platform, participant: number, subject: Hex, signature: Hex) {
  return {
    ...contractOf(platform, "SecondFactor"),
    functionName: "confirm" as const,
    args: [participant, subject, signature] as const,
  };
}
