import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { type Sentence, useWords } from "../words/index.ts";
import { Loading } from "./State.tsx";
import { type Column, Table } from "./Table.tsx";

const LongListing = lazy(() => import("./LongListing.tsx"));

/** What a row says on a narrow screen: two lines, each with a beginning and an end. */
export interface TwoLines {
  first: readonly [ReactNode, ReactNode];
  second: readonly [ReactNode, ReactNode];
}

interface ListingProps<Row> {
  label: Sentence;
  columns: readonly Column<Row>[];
  lines: (row: Row) => TwoLines;
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
}

const NARROW = "(max-width: 40rem)";
const MOST_PLAIN = 200;
/** A table where there is room for one, and rows of two lines on a phone; a long list keeps only the rows that are in sight. */
export function Listing<Row>({ lines, ...table }: ListingProps<Row>) {
  if (!useNarrow()) return <Table {...table} />;
  if (table.rows.length <= MOST_PLAIN) return <Plain lines={lines} {...table} />;
  return (
    <Suspense fallback={<Loading />}>
      <LongListing {...({ lines, ...table } as unknown as LinesProps<unknown>)} />
    </Suspense>
  );
}

export type LinesProps<Row> = Omit<ListingProps<Row>, "columns">;

function Plain<Row>({ label, lines, rows, keyOf }: LinesProps<Row>) {
  const say = useWords();
  return (
    <ul className="lines" aria-label={say(label)}>
      {rows.map((row) => (
        <li key={keyOf(row)}>
          <Two {...lines(row)} />
        </li>
      ))}
    </ul>
  );
}

export const Two = ({ first, second }: TwoLines) => (
  <>
    <span>{first[0]}</span>
    <span>{first[1]}</span>
    <span>{second[0]}</span>
    <span>{second[1]}</span>
  </>
);

const useNarrow = (): boolean => useSyncExternalStore(listen, () => matchMedia(NARROW).matches);

function listen(changed: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
