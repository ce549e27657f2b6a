/** What proves a trade, and what a transaction did. */
export type { Check } from "./checks.ts";
export { EVENT_SENTENCES } from "./eventSentences.ts";
export { type Evidence, evidence } from "./evidence.ts";
