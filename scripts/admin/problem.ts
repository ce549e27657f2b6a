import { DujiangError } from "../../sdk/types/errors.ts";

/** Thrown when something cannot be done as it was asked for. */
export class AdminError extends DujiangError {}
