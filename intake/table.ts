import { CsvError, parse } from "csv-parse/sync";
import { type Column, type Mapping, MappingError } from "./mapping.ts";
import { IntakeRejected } from "./problem.ts";

/** How the text of a file is to be taken apart. */
export type TableFormat = Pick<Mapping, "encoding" | "delimiter" | "comment" | "skipLines" | "headerRows">;

/** The rows of a CSV file under its header, and where a column of the mapping is found in them. */
export interface Table {
  /** The last of the header rows. */
  header: readonly string[];
  rows: readonly { line: number; cells: readonly string[] }[];
  width: number;
  find: (column: Column) => number;
}

/** Reads CSV text or bytes; the lines of rows are those of the file, from 1 on. */
export function readTable(csv: Uint8Array | string, format: TableFormat): Table {
  const records = parseRecords(typeof csv === "string" ? csv : decode(csv, format.encoding), format);
  const header = records.slice(0, format.headerRows).map(({ cells }) => cells.map((cell) => cell.trim()));
  const rows = records.slice(format.headerRows);
  const width = (header.at(-1) ?? rows[0]?.cells ?? []).length;
  return { header: header.at(-1) ?? [], rows, width, find: (column) => findColumn(column, header, width) };
}

function parseRecords(
  text: string,
  { delimiter, comment, skipLines }: TableFormat,
): { line: number; cells: string[] }[] {
  try {
    const records = parse(linesAfter(text, skipLines), {
      bom: true,
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
    const reason = error.message.replace(/ (?:at|on) line \d+/, "");
    throw new IntakeRejected([{ line, reason: `This is not valid CSV: ${reason}.` }]);
  }
}

/** What stands above the header need not be CSV, so it is cut off before anything is parsed. */
function linesAfter(text: string, skipLines: number): string {
  let start = 0;
  for (let line = 0; line < skipLines; line += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return "";
    start = end + 1;
  }
  return text.slice(start);
}

function decode(bytes: Uint8Array, encoding: Mapping["encoding"]): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const other = encoding === "utf-8" ? "gb18030" : "utf-8";
    throw new MappingError(
      `The file is not written in ${encoding}: set "encoding" to "${other}" in the mapping or save it again.`,
    );
  }
}

function findColumn(column: Column, header: readonly string[][], width: number): number {
  if (typeof column === "number") {
    if (column <= width) return column - 1;
    throw new MappingError(`The file has no column ${column}: it has ${width} columns.`);
  }
  const wanted = typeof column === "string" ? [column] : column;
  const name = wanted.map((heading) => `"${heading}"`).join(" over ");
  if (wanted.length !== header.length) {
    throw new MappingError(
      `Column ${name} cannot be found: the mapping names ${header.length} header rows and ${wanted.length} headings.`,
    );
  }
  const found = Array.from({ length: width }, (_, index) => index).filter((index) =>
    wanted.every((heading, row) => header[row]?.[index] === heading),
  );
  if (found.length === 1) return found[0] ?? 0;
  if (found.length > 1)
    throw new MappingError(`The file has ${found.length} columns ${name}: name the column by its number.`);
  throw new MappingError(
    `The file has no column ${name}: its header is ${(header.at(-1) ?? []).map((cell) => `"${cell}"`).join(", ")}.`,
  );
}
