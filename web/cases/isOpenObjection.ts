import type { ObjectionRow } from "./casesQuery.ts";

/** Whether an objection still stands: what it objects to is in force, and the trades of the day can still change by it. */
export function isOpenObjection({ version, meterDay }: Pick<ObjectionRow, "version" | "meterDay">): boolean {
  if (meterDay === null) return false;
  const inForce = meterDay.correctedVersion ?? meterDay.version;
  const isFinal = meterDay.state === "final" || meterDay.state === "lateFinal";
  return version === inForce && (!isFinal || meterDay.correctedVersion !== null);
}
