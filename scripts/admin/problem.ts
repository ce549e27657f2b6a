import { DujiangError } from "../../sdk/types/errors.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { inWords } from "../language.ts";

/** Thrown when something cannot be done as it was asked for, in the language of the person at the terminal. */
export class AdminError extends DujiangError {
  constructor(words: Sentence) {
    super(inWords(words));
  }
}
