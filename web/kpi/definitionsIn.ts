import { bothOf, type Sentence } from "../words/bilingual.ts";

/** What a key figure is, as docs/kpi.md defines it. */
export interface Definition {
  figure: Sentence;
  numerator: Sentence;
  denominator: Sentence;
  /** Of the contracts, from which alone it is computed. */
  events: readonly string[];
}

/** The rows of the table whose first column is a name between backquotes and whose columns are six. */
export function definitionsIn(text: string): Map<string, Definition> {
  const rows = text.split("\n").map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
  const found = rows.flatMap((cells): [string, Definition][] => {
    const [, name = "", figure, numerator, denominator, , events] = cells;
    if (cells.length !== 8 || !/^`\w+`$/.test(name)) return [];
    const [what, above, below] = [figure, numerator, denominator].map((cell) => bothOf(cell ?? ""));
    const named = [...(events ?? "").matchAll(/`(\w+)`/g)].map(([, event]) => event!);
    return [[name.slice(1, -1), { figure: what!, numerator: above!, denominator: below!, events: named }]];
  });
  return new Map(found);
}
