import { DujiangError, toJson } from "../../sdk/index.ts";
import type { Words } from "./language.ts";

/** What was asked for and is not done: a code for programs, one sentence for people, the figures behind it. */
export class Refusal extends DujiangError {
  readonly status: 400 | 401 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly code: string;
  readonly figures: Record<string, unknown>;

  constructor(status: Refusal["status"], code: string, words: Words, figures: Record<string, unknown> = {}) {
    super(words);
    this.status = status;
    this.code = code;
    this.figures = toJson(figures);
  }
}
