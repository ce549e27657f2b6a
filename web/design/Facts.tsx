import type { ReactNode } from "react";
import { type Sentence, useWords } from "../words/index.ts";

export type Fact = readonly [title: Sentence, value: ReactNode];

/** What is known of something, a title and a value a row; `sum` sets the values flush, as figures are. */
export function Facts({ rows, kind = "facts" }: { rows: readonly Fact[]; kind?: "facts" | "sum" }) {
  const say = useWords();
  return (
    <dl className={kind}>
      {rows.map(([title, value]) => (
        <div key={title.en} style={{ display: "contents" }}>
          <dt>{say(title)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
