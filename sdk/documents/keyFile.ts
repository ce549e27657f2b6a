import { concat, type Hex } from "viem";
import { bytesOf, hexOf, joinBytes, type SubtleKey } from "./bytes.ts";
import { DocumentError } from "./errors.ts";
import { exportReaderKey, importReaderKey, pointOf, type ReaderKeyPair } from "./keys.ts";

/** A copy of a reader's key that only a passphrase opens. */
interface KeyFile {
  form: typeof FORM;
  x: Hex;
  y: Hex;
  iterations: number;
  salt: Hex;
  iv: Hex;
  sealed: Hex;
}

const FORM = "dujiang reading key 1";
/** PBKDF2-HMAC-SHA256, as OWASP recommends it: about a third of a second for who guesses, each time. */
const ITERATIONS = 600_000;
const [SALT_BYTES, IV_BYTES] = [16, 12];

/** Fewest letters of a passphrase: nothing else stands before a file that somebody found. */
export const LEAST_PASSPHRASE = 12;

/**
 * A reader's key as the text of a file, encrypted under a passphrase: the one form in which a key leaves the program that made it.
 * @param key extractable
 */
export async function sealReaderKey(key: ReaderKeyPair, passphrase: string): Promise<string> {
  if (passphrase.length < LEAST_PASSPHRASE) {
    throw new DocumentError({
      en: `The passphrase has ${passphrase.length} letters: take at least ${LEAST_PASSPHRASE}, such as four words.`,
      zh: `口令只有 ${passphrase.length} 个字符：至少 ${LEAST_PASSPHRASE} 个，例如四个词语。`,
    });
  }
  const { x, y } = await pointOf(key);
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const known = { x, y, iterations: ITERATIONS, salt: hexOf(salt), iv: hexOf(iv) };
  const plain = new TextEncoder().encode(await exportReaderKey(key));
  const sealed = await crypto.subtle.encrypt(boundTo(known), await keyOf(passphrase, known), plain);
  const file: KeyFile = { form: FORM, ...known, sealed: hexOf(new Uint8Array(sealed)) };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** The key out of a file that `sealReaderKey` wrote; no program takes it out again unless it is `extractable`. */
export async function openReaderKey(
  text: string,
  passphrase: string,
  { extractable = false } = {},
): Promise<ReaderKeyPair> {
  const file = parse(text);
  const key = await keyOf(passphrase, file);
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(boundTo(file), key, bytesOf(file.sealed));
  } catch {
    throw new DocumentError({
      en: "The passphrase does not open this key, or the file was changed: try again, or take another copy.",
      zh: "口令不能打开该密钥，或文件已被改动：请重试，或使用另一份备份。",
    });
  }
  return importReaderKey(new TextDecoder().decode(plain), { extractable });
}

function parse(text: string): KeyFile {
  try {
    const { form, x, y, iterations, salt, iv, sealed } = JSON.parse(text) as KeyFile;
    // A file that asks for more would keep the reader waiting, not the thief.
    if (form !== FORM || !Number.isSafeInteger(iterations) || iterations < 1 || iterations > 10 * ITERATIONS)
      throw form;
    for (const hex of [x, y, salt, iv, sealed]) bytesOf(hex);
    return { form, x, y, iterations, salt, iv, sealed };
  } catch {
    throw new DocumentError({
      en: "This is no copy of a reading key: choose the file that was saved when the key was made.",
      zh: "这不是阅读密钥的备份：请选择生成密钥时保存的文件。",
    });
  }
}

async function keyOf(passphrase: string, { salt, iterations }: Pick<KeyFile, "salt" | "iterations">) {
  // However a keyboard puts its letters together.
  const bytes = joinBytes(new TextEncoder().encode(passphrase.normalize("NFKC")));
  const base: SubtleKey = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  const by = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(salt), iterations };
  return crypto.subtle.deriveKey(by, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const boundTo = ({ x, y, iv }: Pick<KeyFile, "x" | "y" | "iv">) => ({
  ...{ name: "AES-GCM", iv: bytesOf(iv), additionalData: bytesOf(concat([x, y])) },
});
