import { bytesToBigInt, bytesToHex, type Hex, numberToHex } from "viem";
import { DujiangError } from "../types/errors.ts";

/** Thrown when bytes are no P-256 key or signature. */
export class P256Error extends DujiangError {}

/** Order of the curve's group. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The coordinates at the end of a P-256 public key as browsers and certificates give it (SubjectPublicKeyInfo). */
export function readP256Key(spki: Uint8Array): { x: Hex; y: Hex } {
  const point = spki.slice(-65);
  if (spki.length !== 91 || point[0] !== 4) {
    throw new P256Error({
      en: `A P-256 public key has 91 bytes with an uncompressed point at the end, not ${spki.length}: ask for algorithm -7 (ES256).`,
      zh: `P-256 公钥为 91 字节，末尾是未压缩的点，而不是 ${spki.length} 字节：请使用算法 -7（ES256）。`,
    });
  }
  return { x: bytesToHex(point.slice(1, 33)), y: bytesToHex(point.slice(33)) };
}

/** The two numbers of a P-256 signature in DER, with the smaller of the two possible s: contracts refuse the other. */
export function readP256Signature(der: Uint8Array): { r: Hex; s: Hex } {
  const [r, afterR] = readInteger(der, 2);
  const [s, end] = readInteger(der, afterR);
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || end !== der.length) throw notDer();
  return { r: numberToHex(r, { size: 32 }), s: numberToHex(s > ORDER / 2n ? ORDER - s : s, { size: 32 }) };
}

/** A DER integer below the group's order, and where the next thing begins. */
function readInteger(der: Uint8Array, at: number): [bigint, number] {
  const end = at + 2 + (der[at + 1] ?? 0);
  const bytes = der.slice(at + 2, end);
  if (der[at] !== 2 || bytes.length === 0 || end > der.length) throw notDer();
  const value = bytesToBigInt(bytes);
  if (value === 0n || value >= ORDER) throw notDer();
  return [value, end];
}

const notDer = () =>
  new P256Error({
    en: "These bytes are no P-256 signature in DER: pass the authenticator's as it came.",
    zh: "这些字节不是 DER 格式的 P-256 签名：请原样传入认证器返回的数据。",
  });
