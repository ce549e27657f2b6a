import type { ReactNode } from "react";
import type { Sentence } from "../words/index.ts";

/** What a row says on a narrow screen: two lines, each with a beginning and an end. */
export interface TwoLines {
  first: readonly [ReactNode, ReactNode];
  second: readonly [ReactNode, ReactNode];
}

export interface LinesProps<Row> {
  label: Sentence;
  lines: (row: Row) => TwoLines;
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
}

export const Two = ({ first, second }: TwoLines) => (
  <>
    <span>{first[0]}</span>
    <span>{first[1]}</span>
    <span>{second[0]}</span>
    <span>{second[1]}</span>
  </>
);
