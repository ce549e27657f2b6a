import type { Words } from "../gateway/language.ts";
import { readCsv } from "./csv.ts";
import { readJson } from "./json.ts";
import { rejectWhole } from "./problem.ts";
import type { RawReading } from "./rawReading.ts";

/** Bytes of a batch: ten thousand meters for a day have some eight million. */
export const BATCH_BYTES = 16 * 1024 * 1024;
export const TOO_LARGE: Words = {
  en: `The batch has more than ${BATCH_BYTES / 1024 / 1024} MB: hand it in in parts.`,
  zh: `该批次超过 ${BATCH_BYTES / 1024 / 1024} MB：请分批提交。`,
};

export const FORMATS = ["csv", "json"] as const;
export type BatchFormat = (typeof FORMATS)[number];

const READERS: Record<BatchFormat, (text: string) => RawReading[]> = { csv: readCsv, json: readJson };

/** Takes a batch apart; throws `BatchRejected` if it is not in its format. */
export function readBatch(bytes: Uint8Array, format: BatchFormat): RawReading[] {
  const rows = READERS[format](decode(bytes));
  if (rows.length > 0) return rows;
  return rejectWhole({ en: "The batch holds no reading.", zh: "该批次不含任何读数。" });
}

function decode(bytes: Uint8Array): string {
  const text = decodeAs("utf-8", bytes);
  if (text !== undefined && !text.includes("\0")) return text;
  const isGbk = text === undefined && decodeAs("gb18030", bytes) !== undefined;
  return rejectWhole(isGbk ? GBK : NO_TEXT);
}

const GBK: Words = {
  en: "The batch is not written in UTF-8 but, it seems, in GBK (GB18030): have it written in UTF-8.",
  zh: "该批次不是 UTF-8 编码，似为 GBK（GB18030）：请以 UTF-8 编码输出。",
};
const NO_TEXT: Words = {
  en: "The batch is not text in UTF-8: have it written as CSV or JSON in UTF-8.",
  zh: "该批次不是 UTF-8 文本：请以 UTF-8 编码输出 CSV 或 JSON。",
};

function decodeAs(encoding: "utf-8" | "gb18030", bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
