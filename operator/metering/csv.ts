import { IntakeRejected } from "../../intake/problem.ts";
import { readTable, type Table } from "../../intake/table.ts";
import { SLOTS } from "../../sdk/index.ts";
import { BatchRejected, type Problem, rejectWhole, shown } from "./problem.ts";
import type { RawReading } from "./rawReading.ts";

const FORMAT = { delimiter: ",", skipLines: 0, footerLines: 0, headerRows: 1 } as const;
/** Headings by what they mean, in the two languages in which metering systems write them. */
const METER = ["meter", "资产编号"];
const DATE = ["date", "日期"];
const QUALITY = ["quality", "数据质量"];
const MEASURED = "measured";

/** A row is a meter's day: meter, date, P1 to P96 in kWh and, if there is one, the quality, in any order of columns. */
export function readCsv(text: string): RawReading[] {
  // A file that was cut off where a number ends would otherwise be taken with another number.
  if (text !== "" && !text.endsWith("\n")) {
    return rejectWhole({
      en: "The last line has no end: the file was cut off, or its writer leaves the last line break out; end every line with one.",
      zh: "最后一行没有换行符：文件可能被截断；请确保每一行都以换行符结尾。",
    });
  }
  const { header, rows } = table(text);
  const [meter, date] = [columnOf(header, METER), columnOf(header, DATE)];
  const quality = QUALITY.some((heading) => header.includes(heading)) ? columnOf(header, QUALITY) : undefined;
  const values = Array.from({ length: SLOTS }, (_, slot) => columnOf(header, [`P${slot + 1}`]));
  requireKnown(header, rows, new Set([meter, date, ...(quality === undefined ? [] : [quality]), ...values]));
  const problems: Problem[] = [];
  const read = rows.map(({ line, cells }): RawReading => {
    const cell = (index: number) => (cells[index] ?? "").trim();
    const row = { place: line, meter: cell(meter), date: cell(date), values: values.map(cell) };
    if (cells.length !== header.length) problems.push(otherWidth(row, cells.length, header.length));
    return { ...row, quality: quality === undefined ? MEASURED : cell(quality) };
  });
  if (problems.length > 0) throw new BatchRejected(problems);
  return read;
}

function table(text: string): Table {
  try {
    return readTable(text, FORMAT);
  } catch (error) {
    if (!(error instanceof IntakeRejected)) throw error;
    const { line = 1, reason } = error.problems[0] ?? { reason: error.sentences };
    const words = { en: `Line ${line}: ${reason.en}`, zh: `第 ${line} 行：${reason.zh}` };
    throw new BatchRejected([{ place: line, meter: null, slot: null, words }]);
  }
}

function columnOf(header: readonly string[], headings: readonly string[]): number {
  const found = header.flatMap((heading, index) => (headings.includes(heading) ? [index] : []));
  if (found.length === 1) return found[0]!;
  const [en, zh] = [headings[0], headings.at(-1)];
  return rejectWhole({
    en: `The header has ${found.length} columns "${en}" where one is needed: write meter, date, P1 to P96 and, if you like, quality.`,
    zh: `表头中“${zh}”列有 ${found.length} 个，应为 1 个：须有资产编号、日期、P1 至 P96，可另有数据质量。`,
  });
}

/** A value of a slot that no day has, or of a meaning that nobody knows, would be left out without a word. */
function requireKnown(header: readonly string[], rows: Table["rows"], known: ReadonlySet<number>): void {
  const unknown = header.flatMap((heading, index) =>
    !known.has(index) && (heading !== "" || rows.some(({ cells }) => (cells[index] ?? "").trim() !== ""))
      ? [index]
      : [],
  );
  const [first] = unknown;
  if (first === undefined) return;
  const name = shown(header[first] ?? "");
  const more = unknown.length - 1;
  rejectWhole({
    en: `Column ${first + 1} "${name}"${more > 0 ? ` and ${more} more are` : " is"} none that a batch has, and nothing of it may be left out: write meter, date, P1 to P96 and, if you like, quality, and nothing else.`,
    zh: `第 ${first + 1} 列“${name}”${more > 0 ? `等 ${more + 1} 列` : ""}不属于批次格式，且数据不得遗漏：只能有资产编号、日期、P1 至 P96，以及可选的数据质量。`,
  });
}

function otherWidth({ place, meter }: { place: number; meter: string }, has: number, expected: number): Problem {
  const words = {
    en: `Line ${place}, meter ${shown(meter)}: the line has ${has} columns, the header ${expected}.`,
    zh: `第 ${place} 行，计量点 ${shown(meter)}：该行有 ${has} 列，表头有 ${expected} 列。`,
  };
  return { place, meter: shown(meter), slot: null, words };
}
