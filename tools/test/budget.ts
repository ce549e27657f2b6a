/** Minutes of a core that each kind of test may take, at the strength at which `.ci/run` runs them. */
export const KINDS = ["Solidity", "TypeScript", "browser"] as const;
export type Kind = (typeof KINDS)[number];

/** Together 46 of the 60 minutes that two cores have in half an hour; the checks of `.ci/run` have the rest. */
const BUDGET: Record<Kind, number> = { Solidity: 6, TypeScript: 28, browser: 12 };

/** A line for each kind that ran; `.ci/run` repeats them. */
export function budgetLines(seconds: ReadonlyMap<Kind, number>): string[] {
  return KINDS.filter((kind) => seconds.has(kind)).map((kind) => {
    const minutes = (seconds.get(kind) ?? 0) / 60;
    const over = minutes > BUDGET[kind] ? ": over budget" : "";
    return `${minutes.toFixed(1).padStart(6)} of ${String(BUDGET[kind]).padStart(2)} minutes  ${kind}${over}`;
  });
}
