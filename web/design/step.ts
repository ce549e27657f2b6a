import type { Sentence } from "../../sdk/types/sentence.ts";

/** One mark on a life line. */
export interface Step {
  words: Sentence;
  /** Its day; undefined where it has none. */
  date: string | undefined;
  state: "done" | "now" | "ahead" | "bad";
}
