/** A cell as it came, and where it stood: refusals name it. */
export interface Cell {
  text: string;
  /** From 1 on. */
  line: number;
  /** From 1 on. */
  column: number;
}

/**
 * What a spreadsheet put on the clipboard, cell by cell: every row as wide as the widest, blank columns at the edges left out.
 * A break at the very end may end the last line or begin another that is blank: then a blank row is the last.
 */
export function cellsOf(clipboard: string): Cell[][] {
  const text = clipboard.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const rows = rowsOf(text, delimiterOf(text));
  const width = Math.max(...rows.map((row) => row.length));
  const table = rows.map((row, line) =>
    Array.from({ length: width }, (_, column) => ({ text: row[column] ?? "", line: line + 1, column: column + 1 })),
  );
  const used = Array.from({ length: width }, (_, column) => column).filter((column) =>
    table.some((row) => !isBlank(row[column]!)),
  );
  const [first, last] = [used[0] ?? 0, used.at(-1) ?? 0];
  return table.map((row) => row.slice(first, last + 1));
}

/** A dash is how accounting formats show nothing. */
export const isBlank = ({ text }: Cell): boolean => /^[\s\u3000]*[-–—－]{0,2}[\s\u3000]*$/.test(text);

/** Rows become columns: a day that was written from left to right. */
export function transposed(table: readonly (readonly Cell[])[]): Cell[][] {
  return (table[0] ?? []).map((_, column) => table.map((row) => row[column]!));
}

/** Never a comma: it may as well stand for thousands. */
function delimiterOf(text: string): string | undefined {
  return text.includes("\t") ? "\t" : /[;；]/.exec(text)?.[0];
}

function rowsOf(text: string, delimiter: string | undefined): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const { value, end } = fieldAt(text, at, delimiter);
    rows.at(-1)!.push(value);
    at = end + 1;
    if (text[end] === "\n") rows.push([]);
  }
  return rows;
}

/** Cells with tabs, breaks or quotes in them come in quotes, with their own quotes doubled. */
function fieldAt(text: string, start: number, delimiter: string | undefined): { value: string; end: number } {
  const quoted = /"((?:[^"]|"")*)"/y;
  quoted.lastIndex = start;
  const match = quoted.exec(text);
  if (match !== null) {
    const end = start + match[0].length;
    if (end === text.length || text[end] === "\n" || text[end] === delimiter)
      return { value: match[1]!.replaceAll('""', '"'), end };
  }
  let end = start;
  while (end < text.length && text[end] !== "\n" && text[end] !== delimiter) end += 1;
  return { value: text.slice(start, end), end };
}
