import { type FileText, readText, TextError } from "../../intake/text.ts";
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

/** A batch taken apart. */
export interface Batch {
  rows: RawReading[];
  /** What was assumed about how it is written; undefined where nothing had to be. */
  assumed: Words | undefined;
}

/** Takes a batch apart; throws `BatchRejected` if it is not in its format. */
export function readBatch(bytes: Uint8Array, format: BatchFormat): Batch {
  const { text, assumed } = textOf(bytes);
  const rows = READERS[format](text);
  return rows.length > 0
    ? { rows, assumed }
    : rejectWhole({ en: "The batch holds no reading.", zh: "该批次不含任何读数。" });
}

function textOf(bytes: Uint8Array): FileText {
  try {
    return readText(bytes);
  } catch (error) {
    if (error instanceof TextError) return rejectWhole(error.sentences);
    throw error;
  }
}
