import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useWords } from "../words/index.ts";
import { Head, Line, scrollable, type TableProps } from "./TableParts.tsx";

const ROW_PX = 33;

/** A list of which only the rows in sight are in the page. */
export default function LongTable<Row>({ label, columns, rows, keyOf }: TableProps<Row>) {
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

const Gap = ({ height, span }: { height: number; span: number }) => (
  <tr>
    <td colSpan={span} style={{ blockSize: height, padding: 0, border: 0 }} />
  </tr>
);
