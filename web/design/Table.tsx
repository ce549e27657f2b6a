import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import { type Sentence, useWords } from "../words/index.ts";

export interface Column<Row> {
  title: Sentence;
  /** Figures stand at the end of their column; a text may take several lines. */
  kind?: "num" | "text";
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  label: Sentence;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
}

/** Up to here every row is in the page: searching it and printing it find them all. */
const MOST_PLAIN = 200;
const ROW_PX = 33;

/** Rows under headings, the first column naming the row; a long list keeps only the rows that are in sight. */
export function Table<Row>(props: TableProps<Row>) {
  return props.rows.length > MOST_PLAIN ? <LongTable {...props} /> : <PlainTable {...props} />;
}

function PlainTable<Row>({ label, columns, rows, keyOf }: TableProps<Row>) {
  const say = useWords();
  return (
    <section className="wide" aria-label={say(label)} {...scrollable}>
      <table className="table">
        <Head columns={columns} />
        <tbody>
          {rows.map((row) => (
            <Line key={keyOf(row)} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LongTable<Row>({ label, columns, rows, keyOf }: TableProps<Row>) {
  const say = useWords();
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const [before, after] = [shown[0]?.start ?? 0, virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)];
  return (
    <section
      ref={box}
      className="wide"
      style={{ maxBlockSize: "36rem", overflowY: "auto" }}
      aria-label={say(label)}
      {...scrollable}
    >
      <table className="table" aria-rowcount={rows.length + 1}>
        <Head columns={columns} />
        <tbody>
          {before > 0 && <Gap height={before} span={columns.length} />}
          {shown.map(({ index }) => (
            <Line key={keyOf(rows[index]!)} row={rows[index]!} columns={columns} place={index + 2} />
          ))}
          {after > 0 && <Gap height={after} span={columns.length} />}
        </tbody>
      </table>
    </section>
  );
}

/** What may scroll sideways is reached by keyboard. */
const scrollable = { tabIndex: 0 } as const;

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
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

function Line<Row>({ row, columns, place }: { row: Row; columns: readonly Column<Row>[]; place?: number }) {
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

const Gap = ({ height, span }: { height: number; span: number }) => (
  <tr>
    <td colSpan={span} style={{ blockSize: height, padding: 0, border: 0 }} />
  </tr>
);
