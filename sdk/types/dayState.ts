import type { DayState } from "./enums.ts";

/** Whether a version is in force that can still be objected to, replaced, accepted or finalised. */
export const isDayOpen = (state: DayState): boolean => state === "Reported" || state === "LateReported";
/** Whether the version in force is there for good. */
export const isDayFinal = (state: DayState): boolean => state === "Final" || state === "LateFinal";
/** Whether nothing came by the deadline, whatever came late. */
export const hasDayLapsed = (state: DayState): boolean =>
  state === "Lapsed" || state === "LateReported" || state === "LateFinal";
