/** What every error of this library is: one whole sentence that says what was wrong and what was expected. */
export class DujiangError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = new.target.name;
  }
}
