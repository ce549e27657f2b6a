import { DujiangError } from "../types/errors.ts";

/** Why a document, an envelope or a signature in it is not what it should be. */
export class DocumentError extends DujiangError {}
