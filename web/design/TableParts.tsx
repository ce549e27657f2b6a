import type { ReactNode } from "react";
import { type Sentence, useWords } from "../words/index.ts";

export interface Column<Row> {
  title: Sentence;
  /** Figures stand at the end of their column; a text may take several lines. */
  kind?: "num" | "text";
  cell: (row: Row) => ReactNode;
}

export interface TableProps<Row> {
  label: Sentence;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
}

/** What may scroll sideways is reached by keyboard. */
export const scrollable = { tabIndex: 0 } as const;

export function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const say = useWords();
  return (
    <thead>
      <tr>
        {columns.map(({ title, kind }) => (
          <th key={title.en} scope="col" className={kind}>
            {say(title)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export function Line<Row>({ row, columns, place }: { row: Row; columns: readonly Column<Row>[]; place?: number }) {
  return (
    <tr aria-rowindex={place}>
      {columns.map(({ title, kind, cell }, index) =>
        index === 0 ? (
          <th key={title.en} scope="row" className={kind}>
            {cell(row)}
          </th>
        ) : (
          <td key={title.en} className={kind}>
            {cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}
