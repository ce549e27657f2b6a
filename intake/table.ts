import { CsvError, parse } from "csv-parse/sync";
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
  const find = (column: Column) => findColumn(column, header, width, file.assumed?.en);
  return { ...file, header: header.at(-1) ?? [], rows, width, find };
}

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
    const reason = error.message.replace(/ (?:at|on) line \d+/, "");
    throw new IntakeRejected([{ line, reason: `This is not valid CSV: ${reason}.` }]);
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

function findColumn(column: Column, header: readonly string[][], width: number, assumed?: string): number {
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
  const shown = (header.at(-1) ?? []).map((cell) => `"${cell}"`).join(", ");
  // The commonest reason why a header holds none of the headings.
  const isComment = /^(#|;|\/\/|')/.test(header.at(-1)?.[0] ?? "");
  const advice = isComment ? '; if lines that begin like this are comments, say so under "comment"' : "";
  throw new MappingError(
    `The file has no column ${name}: its header is ${shown}${advice}.${assumed === undefined ? "" : ` ${assumed}`}`,
  );
}
