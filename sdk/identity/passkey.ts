import { bytesToHex, encodeAbiParameters, type Hex, slice } from "viem";
import { P256Error, readP256Signature } from "./p256.ts";

/** What `navigator.credentials.get` answers, as far as it is checked: the parts of an AuthenticatorAssertionResponse. */
export interface PasskeyAssertion {
  authenticatorData: Uint8Array;
  clientDataJSON: Uint8Array;
  /** In DER. */
  signature: Uint8Array;
}

const AUTH = [
  {
    type: "tuple",
    components: [
      { name: "r", type: "bytes32" },
      { name: "s", type: "bytes32" },
      { name: "challengeIndex", type: "uint256" },
      { name: "typeIndex", type: "uint256" },
      { name: "authenticatorData", type: "bytes" },
      { name: "clientDataJSON", type: "bytes" },
    ],
  },
] as const;

/**
 * A passkey's assertion as `SecondFactor.confirm` takes it. The challenge must have been the 32 bytes of `factorDigest`,
 * and the device must have verified its holder (`userVerification: "required"`).
 */
export function passkeySignature({ authenticatorData, clientDataJSON, signature }: PasskeyAssertion): Hex {
  // One character a byte, since what is signed counts bytes.
  const text = String.fromCharCode(...clientDataJSON);
  const [challenge, type] = [text.indexOf('"challenge":'), text.indexOf('"type":')];
  if (challenge < 0 || type < 0) {
    throw new P256Error({
      en: "The client data names no challenge or no type: pass the authenticator's as it came.",
      zh: "客户端数据中没有 challenge 或 type：请原样传入认证器返回的数据。",
    });
  }
  const auth = {
    ...readP256Signature(signature),
    ...{ challengeIndex: BigInt(challenge), typeIndex: BigInt(type) },
    ...{ authenticatorData: bytesToHex(authenticatorData), clientDataJSON: bytesToHex(clientDataJSON) },
  };
  // Verifiers take the struct without the offset that its encoding begins with.
  return slice(encodeAbiParameters(AUTH, [auth]), 32);
}
