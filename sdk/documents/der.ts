import { DocumentError } from "./errors.ts";

/** One value of DER (X.690): its tag, its content, and the bytes of both. */
export interface Der {
  tag: number;
  content: Uint8Array;
  bytes: Uint8Array;
}

export const TAGS = { INTEGER: 0x02, BITS: 0x03, OCTETS: 0x04, OID: 0x06, SEQUENCE: 0x30, SET: 0x31 } as const;
const LONGEST_LENGTH = 4;

/** The value that bytes begin with; what follows it is left. */
export function readDer(bytes: Uint8Array, from = 0): Der {
  const tag = bytes[from];
  let length = bytes[from + 1];
  let at = from + 2;
  if (tag === undefined || length === undefined) throw BROKEN;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > LONGEST_LENGTH) throw BROKEN;
    length = 0;
    for (const end = at + count; at < end; at++) length = length * 256 + (bytes[at] ?? 0);
  }
  if (at + length > bytes.length) throw BROKEN;
  return { tag, content: bytes.subarray(at, at + length), bytes: bytes.subarray(from, at + length) };
}

/** The values that a structure is made of. */
export function partsOf({ content }: Der): Der[] {
  const parts: Der[] = [];
  for (let at = 0; at < content.length; ) {
    const part = readDer(content, at);
    parts.push(part);
    at += part.bytes.length;
  }
  return parts;
}

/** An object identifier with dots. */
export function oidOf({ tag, content }: Der): string {
  if (tag !== TAGS.OID) throw BROKEN;
  const [first = 0, ...rest] = content;
  const numbers = [Math.floor(first / 40), first % 40];
  let number = 0;
  for (const byte of rest) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(number);
      number = 0;
    }
  }
  return numbers.join(".");
}

export const BROKEN = new DocumentError({
  en: "The signature in this PDF is broken: it is no structure that a signing program writes; ask for the file again.",
  zh: "此 PDF 中的签名已损坏，不是签名软件生成的结构：请重新索取文件。",
});
