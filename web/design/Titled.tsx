import type { ReactNode } from "react";
import { type Sentence, useWords } from "../words/index.ts";

/** A screen with its heading, whether it has anything to show or not. */
export function Titled({ title, children }: { title: Sentence; children: ReactNode }) {
  const say = useWords();
  return (
    <>
      <h1>{say(title)}</h1>
      {children}
    </>
  );
}
