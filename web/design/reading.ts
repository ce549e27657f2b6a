import { DujiangError } from "../../sdk/types/errors.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** What a typed text was read as: a value, why it is none, or nothing yet. */
export interface Reading<Value> {
  value: Value | undefined;
  wrong: Sentence | undefined;
}

/** Reads what was typed; nothing typed is nothing wrong. @param parse throws why it cannot be taken */
export function reading<Value>(text: string, parse: (text: string) => Value): Reading<Value> {
  if (text.trim() === "") return { value: undefined, wrong: undefined };
  try {
    return { value: parse(text), wrong: undefined };
  } catch (error) {
    if (!(error instanceof DujiangError)) throw error;
    return { value: undefined, wrong: error.sentences };
  }
}
