/** An event comes before its block is in the index: so many of the index's steps later it is there. */
const STEPS = 3;
let steps = STEPS;

/** Something happened on the chain. */
export function noteEvent(): void {
  steps = STEPS;
}

/** The index went a step further. */
export function noteHead(): void {
  steps = Math.max(0, steps - 1);
}

/** Whether the index may still lack what happened. */
export const isWaiting = (): boolean => steps > 0;
