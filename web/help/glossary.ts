import tsv from "../../docs/glossary.tsv?raw";
import type { Sentence } from "../words/index.ts";

/** One word for one thing, in both languages. */
export interface Term {
  id: string;
  words: Sentence;
  /** In contracts, index, services. */
  place: string;
  note: string;
}

/** The rows of docs/glossary.tsv, but for the one that is about style. */
export const TERMS: readonly Term[] = tsv
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"))
  .filter(([, zh]) => zh !== "")
  .map(([id = "", zh = "", en = "", place = "", note = ""]) => ({ id, words: { en, zh }, place, note }));
