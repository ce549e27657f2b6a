import { CsvError, parse } from "csv-parse/sync";
import type { Sentence } from "../sdk/types/sentence.ts";
import { type Column, type Mapping, MappingError } from "./mapping.ts";
import { IntakeRejected } from "./problem.ts";
import { type FileText, readText } from "./text.ts";

/** How the text of a file is to be taken apart. */
export type TableFormat = Pick<
  Mapping,
  "encoding" | "delimiter" | "comment" | "skipLines" | "footerLines" | "headerRows"
>;

/** The rows of a CSV file under its header, and where a column of the mapping is found in them. */
export interface Table extends Pick<FileText, "encoding" | "assumed"> {
  /** The last of the header rows. */
  header: readonly string[];
  rows: readonly Row[];
  width: number;
  find: (column: Column) => number;
}

export interface Row {
  /** From 1 on, as in the file. */
  line: number;
  cells: readonly string[];
}

/**
 * Reads CSV text or bytes.
 * @param uneven whether rows are records of different widths; the table is as wide as the widest
 */
export function readTable(csv: Uint8Array | string, format: TableFormat, uneven = false): Table {
  const { text, ...file } = readText(csv, format.encoding);
  const records = parseRecords(text, format);
  const header = records.slice(0, format.headerRows).map(({ cells }) => cells.map((cell) => cell.trim()));
  const rows = records.slice(format.headerRows);
  const width = uneven
    ? rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
    : (header.at(-1) ?? rows[0]?.cells ?? []).length;
  const find = (column: Column) => findColumn(column, header, width, file.assumed);
  return { ...file, header: header.at(-1) ?? [], rows, width, find };
}

/** What can be wrong with CSV where rows may be of any width. */
const QUOTES: Readonly<Record<string, Sentence>> = {
  CSV_QUOTE_NOT_CLOSED: { en: "a quote is not closed", zh: "引号没有闭合" },
  CSV_INVALID_CLOSING_QUOTE: { en: "something follows a closing quote", zh: "闭合的引号之后还有其他字符" },
  INVALID_OPENING_QUOTE: { en: "a quote opens in the middle of a value", zh: "引号出现在数值中间" },
};

function parseRecords(text: string, { delimiter, comment, skipLines, footerLines }: TableFormat): Row[] {
  try {
    const records = parse(linesBetween(text, skipLines, footerLines), {
      info: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      ...(comment === undefined ? {} : { comment, comment_no_infix: true }),
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: skipLines + info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = skipLines + (typeof error.lines === "number" ? error.lines : 1);
    const words = QUOTES[error.code] ?? { en: error.code, zh: error.code };
    const reason = { en: `This is not valid CSV: ${words.en}.`, zh: `不是有效的 CSV：${words.zh}。` };
    throw new IntakeRejected([{ line, reason }]);
  }
}

/** What stands above the header and below the rows need not be CSV, so it is cut off before anything is parsed. */
function linesBetween(text: string, skipLines: number, footerLines: number): string {
  let start = 0;
  for (let line = 0; line < skipLines; line += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return "";
    start = end + 1;
  }
  let rest = text.slice(start);
  for (let line = 0; line < footerLines; line += 1) {
    rest = rest.trimEnd();
    rest = rest.slice(0, rest.lastIndexOf("\n") + 1);
  }
  return rest;
}

function findColumn(column: Column, header: readonly string[][], width: number, assumed?: Sentence): number {
  if (typeof column === "number") {
    if (column <= width) return column - 1;
    throw new MappingError({
      en: `The file has no column ${column}: it has ${width} columns.`,
      zh: `文件没有第 ${column} 列：共 ${width} 列。`,
    });
  }
  const wanted = typeof column === "string" ? [column] : column;
  const name = {
    en: wanted.map((heading) => `"${heading}"`).join(" over "),
    zh: wanted.map((heading) => `“${heading}”`).join("之下的"),
  };
  if (wanted.length !== header.length) {
    throw new MappingError({
      en: `Column ${name.en} cannot be found: the mapping names ${header.length} header rows and ${wanted.length} headings.`,
      zh: `找不到列${name.zh}：映射写明表头 ${header.length} 行，却给出 ${wanted.length} 个标题。`,
    });
  }
  const found = Array.from({ length: width }, (_, index) => index).filter((index) =>
    wanted.every((heading, row) => header[row]?.[index] === heading),
  );
  if (found.length === 1) return found[0] ?? 0;
  if (found.length > 1)
    throw new MappingError({
      en: `The file has ${found.length} columns ${name.en}: name the column by its number.`,
      zh: `文件有 ${found.length} 个${name.zh}列：请用列号指定。`,
    });
  const last = header.at(-1) ?? [];
  const shown = { en: last.map((cell) => `"${cell}"`).join(", "), zh: last.map((cell) => `“${cell}”`).join("、") };
  // The commonest reason why a header holds none of the headings.
  const isComment = /^(#|;|\/\/|')/.test(last[0] ?? "");
  const advice = isComment
    ? {
        en: '; if lines that begin like this are comments, say so under "comment"',
        zh: '；若以此开头的行是注释，请在 "comment" 中注明',
      }
    : { en: "", zh: "" };
  throw new MappingError({
    en: `The file has no column ${name.en}: its header is ${shown.en}${advice.en}.${assumed === undefined ? "" : ` ${assumed.en}`}`,
    zh: `文件没有列${name.zh}：表头为 ${shown.zh}${advice.zh}。${assumed === undefined ? "" : assumed.zh}`,
  });
}
