import { type ComponentType, lazy, Suspense, useSyncExternalStore } from "react";
import { useWords } from "../words/index.ts";
import { type LinesProps, Two } from "./lineParts.tsx";
import { type Column, Table } from "./Table.tsx";

export type { TwoLines } from "./lineParts.tsx";

interface ListingProps<Row> extends LinesProps<Row> {
  columns: readonly Column<Row>[];
}

const NARROW = "(max-width: 40rem)";
const MOST_PLAIN = 200;
const LongLines = lazy(() => import("./LongLines.tsx"));

/** A table where there is room for one, and rows of two lines on a phone; a long list keeps only the rows that are in sight. */
export function Listing<Row>({ columns, ...list }: ListingProps<Row>) {
  if (!useNarrow()) {
    const { label, rows, keyOf } = list;
    return <Table {...{ label, columns, rows, keyOf }} />;
  }
  if (list.rows.length <= MOST_PLAIN) return <Plain {...list} />;
  const Long = LongLines as ComponentType<LinesProps<Row>>;
  return (
    <Suspense>
      <Long {...list} />
    </Suspense>
  );
}

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

const useNarrow = (): boolean => useSyncExternalStore(listen, () => matchMedia(NARROW).matches);

function listen(changed: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
