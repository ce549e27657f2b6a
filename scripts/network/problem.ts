import { DujiangError } from "../../sdk/errors.ts";

/** Thrown when a network cannot be made or changed as asked. */
export class NetworkError extends DujiangError {}
