import { type Hex, isHex, size, stringToHex } from "viem";
import { DujiangError } from "../types/errors.ts";

/** Thrown when a text fits no reference. */
export class BankReferenceError extends DujiangError {}

/** A bank's reference: 32 bytes as they are on chain, or a text that fits them, padded with zeros as wallets do. */
export function bankReference(text: string): Hex {
  if (isHex(text) && size(text) === 32) return text.toLowerCase() as Hex;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > 0 && bytes < 32) return stringToHex(text, { size: 32 });
  throw new BankReferenceError({
    en: `"${text}" is not a reference: write 0x and 64 digits, or a text of at most 31 bytes.`,
    zh: `“${text}”不是有效的附言编号：请填写 0x 加 64 位十六进制数字，或不超过 31 字节的文本。`,
  });
}
