import { useState } from "react";
import { useWords } from "../words/index.ts";

/** Which page of a long list is shown: the cursors that lead to it. */
export interface Turned {
  /** After which row the page begins; null for the first. */
  after: string | null;
  turn: (cursors: readonly string[]) => void;
  cursors: readonly string[];
}

export function usePages(): Turned {
  const [cursors, turn] = useState<readonly string[]>([]);
  return { after: cursors.at(-1) ?? null, cursors, turn };
}

interface PagesProps {
  pages: Turned;
  endCursor: string | null;
  hasNextPage: boolean;
}

/** The ways to the pages beside this one; nothing where all rows are shown. */
export function Pages({ pages: { cursors, turn }, endCursor, hasNextPage }: PagesProps) {
  const say = useWords();
  if (cursors.length === 0 && !hasNextPage) return null;
  return (
    <p className="row no-print">
      <button
        type="button"
        className="button"
        disabled={cursors.length === 0}
        onClick={() => turn(cursors.slice(0, -1))}
      >
        {say({ en: "← Page before", zh: "← 上一页" })}
      </button>
      <button
        type="button"
        className="button"
        disabled={!hasNextPage || endCursor === null}
        onClick={() => turn([...cursors, endCursor!])}
      >
        {say({ en: "Next page →", zh: "下一页 →" })}
      </button>
    </p>
  );
}
