import { DujiangError } from "../../sdk/types/errors.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** Thrown when a network cannot be made or changed as asked. */
export class NetworkError extends DujiangError {
  /** The code of a node's JSON-RPC error, where there was one. */
  readonly code: number | undefined;

  constructor(sentences: Sentence, code?: number) {
    super(sentences);
    this.code = code;
  }
}
