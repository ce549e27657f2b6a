import type { ReactNode } from "react";
import { type Sentence, useWords } from "../words/index.ts";

/** A screen that has nothing of its own to show yet, or ever: its heading, and why. */
export function Titled({ title, children }: { title: Sentence; children: ReactNode }) {
  const say = useWords();
  return (
    <>
      <h1>{say(title)}</h1>
      {children}
    </>
  );
}
