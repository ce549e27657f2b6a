import { DujiangError } from "../../sdk/types/errors.ts";

/** Thrown when a network cannot be made or changed as asked. */
export class NetworkError extends DujiangError {}
