import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef, useSyncExternalStore } from "react";
import { type Sentence, useWords } from "../words/index.ts";
import { type Column, Table } from "./Table.tsx";

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
/** Two lines with what is around them; `.lines > li` has the same. */
const ROW_PX = 64;

/** A table where there is room for one, and rows of two lines on a phone; a long list keeps only the rows that are in sight. */
export function Listing<Row>({ lines, ...table }: ListingProps<Row>) {
  if (!useNarrow()) return <Table {...table} />;
  return table.rows.length > MOST_PLAIN ? <Long lines={lines} {...table} /> : <Plain lines={lines} {...table} />;
}

type LinesProps<Row> = Omit<ListingProps<Row>, "columns">;

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

function Long<Row>({ label, lines, rows, keyOf }: LinesProps<Row>) {
  const say = useWords();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section ref={box} className="lines-box" aria-label={say(label)} tabIndex={0}>
      <ul className="lines" style={{ paddingBlockStart: shown[0]?.start ?? 0, blockSize: virtual.getTotalSize() }}>
        {shown.map(({ index }) => (
          <li key={keyOf(rows[index]!)} aria-setsize={rows.length} aria-posinset={index + 1}>
            <Two {...lines(rows[index]!)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const Two = ({ first, second }: TwoLines) => (
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
