/** Refusals and failures as sentences. */
export { explain, type Refusal, refusalOf } from "./explain.ts";
