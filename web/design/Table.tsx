import { lazy, Suspense } from "react";
import { useWords } from "../words/index.ts";
import { Loading } from "./State.tsx";
import { type Column, Head, Line, scrollable, type TableProps } from "./TableParts.tsx";

const LongTable = lazy(() => import("./LongTable.tsx"));

/** Up to here every row is in the page: searching it and printing it find them all. */
const MOST_PLAIN = 200;

/** Rows under headings, the first column naming the row; a long list keeps only the rows that are in sight. */
export function Table<Row>(props: TableProps<Row>) {
  if (props.rows.length <= MOST_PLAIN) return <PlainTable {...props} />;
  return (
    <Suspense fallback={<Loading />}>
      <LongTable {...(props as unknown as TableProps<unknown>)} />
    </Suspense>
  );
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

export type { Column };
