import { type Hex, isHex } from "viem";
import { generatePrivateKey, privateKeyToAccount, publicKeyToAddress } from "viem/accounts";
import { NetworkError } from "./problem.ts";

/** A node's key. The private half goes into a file of its own and nowhere else. */
export interface NodeKey {
  privateKey: Hex;
  publicKey: Hex;
}

export function generateNodeKey(): NodeKey {
  return nodeKeyOf(generatePrivateKey());
}

/** The public key as Besu writes it: both coordinates, without the leading byte that says so. */
export function nodeKeyOf(privateKey: Hex): NodeKey {
  const { publicKey } = privateKeyToAccount(privateKey);
  return { privateKey, publicKey: `0x${publicKey.slice(4)}` };
}

/** The account by which a node signs blocks. */
export function addressOf(publicKey: Hex): Hex {
  return publicKeyToAddress(`0x04${publicKey.slice(2)}`).toLowerCase() as Hex;
}

/** A public key as somebody wrote it: with or without 0x, with or without the leading 04. */
export function parsePublicKey(text: string): Hex {
  const digits = text.trim().replace(/^0x/i, "").toLowerCase();
  const coordinates = digits.length === 130 && digits.startsWith("04") ? digits.slice(2) : digits;
  const key: Hex = `0x${coordinates}`;
  if (isHex(key) && key.length === 130) return key;
  const given =
    coordinates.length === 64
      ? { en: "a private key, which nobody else should see", zh: "私钥，私钥不应让他人看到" }
      : { en: `"${text}"`, zh: `“${text}”` };
  throw new NetworkError({
    en: `A public key is 128 hexadecimal digits, but given was ${given.en}.`,
    zh: `公钥为 128 位十六进制数字，而给出的是${given.zh}。`,
  });
}
