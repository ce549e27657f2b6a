import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useWords } from "../words/index.ts";
import { type LinesProps, Two } from "./Listing.tsx";

/** Two lines with what is around them; `.lines > li` has the same. */
const ROW_PX = 64;

/** Rows of two lines of which only those in sight are kept; comes when a list is that long. */
export default function LongListing<Row>({ label, lines, rows, keyOf }: LinesProps<Row>) {
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
