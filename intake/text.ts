import { DujiangError } from "../sdk/types/errors.ts";
import type { Sentence } from "../sdk/types/sentence.ts";

/** Encodings that files are read in. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "gb18030", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** A file's text with one kind of line break, and what it was taken to be written in. */
export interface FileText {
  text: string;
  encoding: Encoding;
  /** What nobody said and the bytes do not prove; undefined where nothing was assumed. */
  assumed?: Sentence;
}

/** Thrown when bytes are no text, or not in the encoding that was named. */
export class TextError extends DujiangError {}

/** What a file says of itself at its beginning. */
const MARKS: readonly [Encoding, readonly number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
/** Zip archives, as which spreadsheets are saved, and the container of older ones. */
const SPREADSHEETS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/**
 * Reads a file as text: in the encoding named, or in the one that its mark of the encoding or its bytes show. Line breaks of
 * every system become "\n", so that lines are counted alike.
 * @throws TextError if it is not text, or not in the encoding named
 */
export function readText(file: Uint8Array | string, named?: Encoding): FileText {
  if (typeof file === "string") return { text: plainLines(file), encoding: "utf-8" };
  if (SPREADSHEETS.some((head) => beginsWith(file, head))) throw new TextError(SPREADSHEET);
  const marked = MARKS.find(([, mark]) => beginsWith(file, mark))?.[0];
  const encoding = marked ?? named ?? guess(file);
  const text = encoding === undefined ? undefined : decode(file, encoding);
  // A mark decides; where it contradicts what was named, or the bytes do, the right name is given.
  const isNamed = named === undefined || named === encoding;
  if (encoding === undefined || text === undefined || !isNamed) {
    throw named === undefined ? new TextError(NO_TEXT) : misnamed(named, marked ?? guess(file));
  }
  if (hasControls(text)) throw new TextError(NO_TEXT);
  const isProven = marked !== undefined || named !== undefined || encoding === "utf-8";
  return { text: plainLines(text), encoding, ...(isProven ? {} : { assumed: assumption(encoding) }) };
}

function plainLines(text: string): string {
  return text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
}

/** Text in UTF-8 hardly ever comes about by chance; what is none of it is told apart by which letters it would hold. */
function guess(file: Uint8Array): Encoding | undefined {
  const wide = guessWide(file);
  if (wide !== undefined) return wide;
  if (decode(file, "utf-8") !== undefined) return "utf-8";
  return decode(file, "gb18030") !== undefined && looksChinese(file) ? "gb18030" : "windows-1252";
}

/** Of UTF-16 without its mark, every other byte of digits and separators is zero; the beginning shows it. */
function guessWide(file: Uint8Array): Encoding | undefined {
  const head = file.subarray(0, 4096);
  const zeros = [0, 1].map((side) => head.filter((byte, index) => byte === 0 && index % 2 === side).length);
  const [high = 0, low = 0] = zeros;
  if (file.length % 2 !== 0 || high + low < head.length / 4) return undefined;
  return low > high ? "utf-16le" : "utf-16be";
}

/**
 * Whether pairs of bytes are common characters rather than European letters: of those, most stand alone between plain
 * letters, so that the pairs they would make are rare characters.
 */
function looksChinese(file: Uint8Array): boolean {
  let [common, rare] = [0, 0];
  for (let at = 0; at < file.length; at += 1) {
    const lead = file[at]!;
    if (lead < 0x80) continue;
    const trail = file[at + 1] ?? 0;
    // Punctuation and full-width forms, and the 3,755 characters that are used most.
    const isCommon = ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7)) && trail >= 0xa1;
    if (isCommon) common += 1;
    else rare += 1;
    at += 1;
  }
  return common > rare;
}

function decode(file: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

/** No text holds these; what was read in a wrong encoding, or is no text, does. */
function hasControls(text: string): boolean {
  return /(?![\s\u0085])\p{Cc}/u.test(text);
}

function beginsWith(file: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, index) => file[index] === byte);
}

const SPREADSHEET: Sentence = {
  en: "The file is a spreadsheet (or another archive) and not text: save it as CSV.",
  zh: "该文件是电子表格（或压缩文件），不是文本：请另存为 CSV。",
};
const NO_TEXT: Sentence = {
  en: `The file is not text in ${ENCODINGS.join(", ")}: have it written as text, best in utf-8.`,
  zh: `该文件不是 ${ENCODINGS.join("、")} 文本：请输出为文本，最好采用 utf-8。`,
};

function misnamed(named: Encoding, found: Encoding | undefined): TextError {
  if (found === undefined || found === named) return new TextError(NO_TEXT);
  return new TextError({
    en: `The file is not written in ${named} but, by its bytes, in ${found}: name that encoding, or none to have it found.`,
    zh: `该文件不是 ${named} 编码，按其字节应为 ${found}：请改填该编码，或不填以自动识别。`,
  });
}

function assumption(encoding: Encoding): Sentence {
  return {
    en: `The file does not say how it is written and was read as ${encoding}.`,
    zh: `该文件未注明编码，按 ${encoding} 读取。`,
  };
}
