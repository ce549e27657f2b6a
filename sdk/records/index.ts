/** Everything that proves one trade. */
export type { Check } from "./checks.ts";
export { type Evidence, evidence } from "./evidence.ts";
