import type { Sentence } from "./sentence.ts";

/**
 * What every error for people is: one whole sentence that says what was wrong and what was expected, in each language. Its
 * message is the English one.
 */
export class DujiangError extends Error {
  readonly sentences: Sentence;

  constructor(sentences: Sentence) {
    super(sentences.en);
    this.name = new.target.name;
    this.sentences = sentences;
  }
}
