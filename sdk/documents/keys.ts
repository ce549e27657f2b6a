import { concat, type Hex, keccak256, slice } from "viem";
import { bytesOf, hexOf, type SubtleKey } from "./bytes.ts";
import { DocumentError } from "./errors.ts";

/** A reader's public key: a point of P-256, as the registry keeps it. */
export interface ReaderPoint {
  x: Hex;
  y: Hex;
}

/** A reader's key. */
export interface ReaderKeyPair {
  privateKey: SubtleKey;
  publicKey: SubtleKey;
}

const ALGORITHM = { name: "ECDH", namedCurve: "P-256" } as const;
const UNCOMPRESSED = "0x04";
const POINT_BYTES = 32;
const GROUP = 4;

/**
 * Makes a reader's key. It reads and does nothing else: no wallet's key, so that what signs cannot read. As made, no program can take
 * the private half out of the browser that keeps it; `extractable` is for one that is kept elsewhere.
 */
export async function createReaderKey({ extractable = false } = {}): Promise<ReaderKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, extractable, ["deriveBits"]);
}

/** What registrars enrol of a key. */
export async function pointOf({ publicKey }: Pick<ReaderKeyPair, "publicKey">): Promise<ReaderPoint> {
  const raw = hexOf(new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)));
  return { x: slice(raw, 1, 1 + POINT_BYTES), y: slice(raw, 1 + POINT_BYTES) };
}

/** A public key out of the registry. */
export async function publicKeyOf({ x, y }: ReaderPoint): Promise<SubtleKey> {
  try {
    return await crypto.subtle.importKey("raw", bytesOf(concat([UNCOMPRESSED, x, y])), ALGORITHM, true, []);
  } catch {
    throw new DocumentError({
      en: `${x}, ${y} is no public key on P-256: ask its holder for the key again.`,
      zh: `${x}, ${y} 不是 P-256 公钥：请向持有人重新索取。`,
    });
  }
}

/** What two people compare before a key is approved, by telephone or on paper: `3f2a 90c1 …`. */
export function fingerprint({ x, y }: ReaderPoint): string {
  const digits = keccak256(concat([x, y])).slice(2, 2 + 8 * GROUP);
  return (digits.match(new RegExp(`.{${GROUP}}`, "g")) ?? []).join(" ");
}

/** An extractable key as text to be kept safe (a JSON Web Key). */
export async function exportReaderKey({ privateKey }: ReaderKeyPair): Promise<string> {
  return JSON.stringify(await crypto.subtle.exportKey("jwk", privateKey));
}

/** A key out of what `exportReaderKey` wrote. */
export async function importReaderKey(text: string, { extractable = false } = {}): Promise<ReaderKeyPair> {
  try {
    const { kty, crv, x, y, d } = JSON.parse(text);
    const known = { kty, crv, x, y };
    const [privateKey, publicKey] = await Promise.all([
      crypto.subtle.importKey("jwk", { ...known, d }, ALGORITHM, extractable, ["deriveBits"]),
      crypto.subtle.importKey("jwk", known, ALGORITHM, true, []),
    ]);
    return { privateKey, publicKey };
  } catch {
    throw new DocumentError({
      en: "This is no reading key: choose the file that was saved when the key was made.",
      zh: "这不是阅读密钥：请选择生成密钥时保存的文件。",
    });
  }
}

/** Whether two points are one key. */
export const isSamePoint = (one: ReaderPoint, other: ReaderPoint): boolean =>
  concat([one.x, one.y]).toLowerCase() === concat([other.x, other.y]).toLowerCase();
