import { DujiangError } from "../../sdk/index.ts";

/** Thrown when a step of the day is refused. */
export class DayRefused extends DujiangError {}
