/** How old what is shown is, and what keeps it young. */
export { FreshnessBar, warningsOf } from "./FreshnessBar.tsx";
export { type Heads, useChainNow, useHeads } from "./heads.ts";
export { noteEvent } from "./pending.ts";
export { useLive } from "./useLive.ts";
